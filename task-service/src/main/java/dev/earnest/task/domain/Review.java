package dev.earnest.task.domain;

/// Who says that a task is done.
public enum Review {
  /// The buyer, after the delivery.
  BUYER,
  /// Its agent.
  NONE
}
