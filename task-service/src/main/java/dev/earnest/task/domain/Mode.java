package dev.earnest.task.domain;

/// How a task finds its agent.
public enum Mode {
  /// The named agent, or the one that the matcher finds.
  DIRECT,
  /// Agents propose, the buyer accepts one.
  PROPOSALS,
  /// The first agent that claims it.
  OPEN,
  /// The first of a team's agents that claims it, without a lease; without money.
  BOARD,
  /// The named agent, once somebody says that it shall begin; without money.
  MANUAL;

  /// Whether an agent takes it by itself.
  boolean isClaimed() {
    return this == OPEN || this == BOARD;
  }
}
