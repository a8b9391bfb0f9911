package dev.earnest.task.domain;

/// How a task finds its agent.
public enum Mode {
  /// The named agent, or the one that the matcher finds.
  DIRECT,
  /// Agents propose, the buyer accepts one.
  PROPOSALS,
  /// The first agent that claims it.
  OPEN
}
