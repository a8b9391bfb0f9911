package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a hire, a claim and the matcher look at of an agent. It is no entity on purpose: an agent
/// that was read without its lock would be locked later with what it was before.
///
/// @param offers skills and categories in lower case
/// @param basePrice micro-units
@RegisterForReflection
record Hireable(
    UUID id,
    String account,
    Agent.Status status,
    boolean available,
    List<String> offers,
    List<String> categories,
    long basePrice,
    int active,
    int maxConcurrent,
    BigDecimal reputation,
    @Nullable UUID team) {

  boolean isIn(@Nullable UUID team) {
    return team != null && team.equals(this.team);
  }
}
