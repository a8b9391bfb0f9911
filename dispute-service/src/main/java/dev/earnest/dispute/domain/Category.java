package dev.earnest.dispute.domain;

/// What a dispute is about.
public enum Category {
  INCOMPLETE_DELIVERY,
  QUALITY,
  LATE,
  NOT_AS_DESCRIBED,
  FRAUD,
  OTHER
}
