package dev.earnest.escrow.domain;

import java.util.List;

/// What a command makes of a hold: its next state, the transfers that bring it there, and what is
/// told of it.
record HoldDecision(Hold next, List<Transfer> transfers, List<EscrowEvent> events) {
  HoldDecision {
    transfers = List.copyOf(transfers);
    events = List.copyOf(events);
  }

  static HoldDecision nothing(Hold hold) {
    return new HoldDecision(hold, List.of(), List.of());
  }
}
