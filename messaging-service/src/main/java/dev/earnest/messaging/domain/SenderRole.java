package dev.earnest.messaging.domain;

/// Which side of a task speaks.
public enum SenderRole {
  BUYER,
  AGENT
}
