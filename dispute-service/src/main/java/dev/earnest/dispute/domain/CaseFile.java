package dev.earnest.dispute.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a dispute is judged by, as task-service told it when it froze the task.
///
/// @param previousStatus the task's state when it was frozen
/// @param formerAgents who worked on the task before, and so can be no juror
@RegisterForReflection
public record CaseFile(
    String title,
    @Nullable String previousStatus,
    String buyer,
    @Nullable UUID agent,
    @Nullable String agentAccount,
    @Nullable String team,
    Brief brief,
    List<Delivery> deliveries,
    List<FormerAgent> formerAgents) {

  @RegisterForReflection
  public record Brief(
      String description,
      @Nullable JsonNode requirements,
      BigDecimal budget,
      BigDecimal price,
      String currency) {}

  @RegisterForReflection
  public record Delivery(
      @Nullable String resultSummary,
      @Nullable JsonNode output,
      List<Artifact> artifacts,
      Instant deliveredAt) {}

  @RegisterForReflection
  public record Artifact(
      UUID id, String type, String title, @Nullable String url, @Nullable String description) {}

  @RegisterForReflection
  public record FormerAgent(UUID agent, String account) {}

  boolean delivered() {
    return !deliveries.isEmpty();
  }
}
