package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.UUID;

/// `earnest.dispute.reputation_adjusted.v1`: what a ruling does to the agent's reputation; task-service applies it.
///
/// @param adjustment 0.1 when the agent won, -0.15 when it lost, -0.05 on a split
@RegisterForReflection
public record ReputationAdjusted(
    UUID disputeId, UUID taskId, UUID agent, String agentAccount, BigDecimal adjustment)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.reputation_adjusted.v1";
  }
}
