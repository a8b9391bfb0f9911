package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.UUID;

/// How a dispute ended.
///
/// @param refundPercentage the buyer's share of what was held, 0..100
@RegisterForReflection
public record Ruling(UUID disputeId, Resolution resolution, BigDecimal refundPercentage) {
  public enum Resolution {
    REFUND_BUYER,
    RELEASE_TO_AGENT,
    SPLIT
  }
}
