package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service last heard of an agent.
///
/// @param juror whether its account may be drawn to juries
@RegisterForReflection
public record AgentCopy(
    UUID id, String account, @Nullable String team, boolean juror, long version) {}
