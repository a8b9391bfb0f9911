package dev.earnest.dispute.domain;

/// Where a dispute stands; [DisputeLifecycle] says what may follow what.
public enum DisputeState {
  /// Task-service has not yet said whether the task can be disputed.
  OPENING,
  /// Tier 1: the parties may settle between themselves.
  NEGOTIATION,
  /// Tier 2: jurors vote.
  JURY,
  /// Tier 3: an admin rules.
  ARBITRATION,
  /// Ruled or settled; final.
  RESOLVED,
  /// Task-service refused it: the task was over, or there was no ground; final.
  REFUSED;

  public boolean isOpen() {
    return this != RESOLVED && this != REFUSED;
  }
}
