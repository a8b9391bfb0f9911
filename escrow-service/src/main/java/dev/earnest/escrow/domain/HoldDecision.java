package dev.earnest.escrow.domain;

import java.util.List;
import java.util.stream.Stream;

/// What a command makes of a hold: its next state, the transfers that bring it there, and what is
/// told of it.
record HoldDecision(Hold next, List<Transfer> transfers, List<EscrowEvent> events) {
  HoldDecision {
    transfers = List.copyOf(transfers);
    events = List.copyOf(events);
  }

  /// Both, one after the other.
  HoldDecision and(HoldDecision after) {
    return new HoldDecision(
        after.next, both(transfers, after.transfers), both(events, after.events));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  static HoldDecision nothing(Hold hold) {
    return new HoldDecision(hold, List.of(), List.of());
  }
}
