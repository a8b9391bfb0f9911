package dev.earnest.dispute.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;

/// The votes of a jury so far.
public record Tally(int buyer, int agent, int split) {
  public static final Tally NONE = new Tally(0, 0, 0);

  private static final int MAJORITY = DisputeLifecycle.JURORS / 2 + 1;

  static Tally of(Collection<Vote> votes) {
    return new Tally(
        Collections.frequency(votes, Vote.BUYER),
        Collections.frequency(votes, Vote.AGENT),
        Collections.frequency(votes, Vote.SPLIT));
  }

  boolean isComplete() {
    return buyer + agent + split >= DisputeLifecycle.JURORS;
  }

  /// What more than half of all jurors, not only of those who voted, want.
  public Optional<Ruling> verdict() {
    if (buyer >= MAJORITY) {
      return Optional.of(Ruling.verdict(Resolution.REFUND_BUYER));
    }
    if (agent >= MAJORITY) {
      return Optional.of(Ruling.verdict(Resolution.RELEASE_TO_AGENT));
    }
    return split >= MAJORITY ? Optional.of(Ruling.verdict(Resolution.SPLIT)) : Optional.empty();
  }
}
