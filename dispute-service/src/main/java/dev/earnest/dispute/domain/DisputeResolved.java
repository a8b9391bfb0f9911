package dev.earnest.dispute.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.dispute.resolved.v1`: a ruling, which ends the task and pays its money out.
@RegisterForReflection
public record DisputeResolved(
    UUID disputeId,
    UUID taskId,
    Resolution resolution,
    BigDecimal refundPercentage,
    Tier tier,
    @Nullable String resolvedBy,
    @Nullable String notes)
    implements DisputeEvent {
  @Override
  public String type() {
    return "earnest.dispute.resolved.v1";
  }
}
