package dev.earnest.dispute.domain;

/// Who ended a dispute.
public enum Tier {
  AUTOMATIC,
  SETTLEMENT,
  JURY,
  ARBITRATION
}
