package dev.earnest.escrow.domain;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// What task-service reported of a task, and what that did to its money.
///
/// @param did words for it, in order; empty where nothing was to be done
record Answer(UUID task, String status, List<String> did) {
  static Answer of(UUID task, HoldCommand.Align align, HoldDecision decision) {
    return new Answer(task, align.status(), decision.events().stream().map(Answer::word).toList());
  }

  Answer then(Answer later) {
    return new Answer(task, later.status, Stream.concat(did.stream(), later.did.stream()).toList());
  }

  private static String word(EscrowEvent event) {
    return switch (event) {
      case EscrowEvent.Held _ -> "held";
      case EscrowEvent.Refused _ -> "refused";
      case EscrowEvent.Refunded refunded -> refunded.last() ? "refunded" : "difference_refunded";
      case EscrowEvent.Released _ -> "released";
      case EscrowEvent.Frozen _ -> "frozen";
      case EscrowEvent.Thawed _ -> "thawed";
      case EscrowEvent.Settled _ -> "settled";
      case EscrowEvent.Tipped _ -> "tipped";
      case EscrowEvent.StateAsked _ -> "asked";
    };
  }
}
