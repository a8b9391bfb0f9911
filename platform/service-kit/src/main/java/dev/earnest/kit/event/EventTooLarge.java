package dev.earnest.kit.event;

import dev.earnest.kit.problem.Refusal;

/// An event that is larger than what the broker takes. In a request it is a 413; in a consumer it is
/// no refusal by the state of things, for by then the change was made: the event is parked.
final class EventTooLarge extends Refusal {
  private static final long serialVersionUID = 1;

  EventTooLarge(String type, int bytes) {
    super(413, "too_large", "%s of %d bytes is too large to be passed on.".formatted(type, bytes));
  }
}
