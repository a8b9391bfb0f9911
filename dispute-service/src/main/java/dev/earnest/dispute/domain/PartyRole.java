package dev.earnest.dispute.domain;

/// Which side of a task somebody is on.
public enum PartyRole {
  BUYER,
  AGENT
}
