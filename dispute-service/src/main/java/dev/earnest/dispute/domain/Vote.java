package dev.earnest.dispute.domain;

/// What a juror wants: everything back to the buyer, everything to the agent, or half and half.
public enum Vote {
  BUYER,
  AGENT,
  SPLIT
}
