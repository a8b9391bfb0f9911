package dev.earnest.escrow.domain;

import static dev.earnest.escrow.domain.HoldState.FROZEN;
import static dev.earnest.escrow.domain.HoldState.HELD;
import static dev.earnest.escrow.domain.HoldState.NONE;

import dev.earnest.escrow.domain.HoldCommand.Agree;
import dev.earnest.escrow.domain.HoldCommand.Align;
import dev.earnest.escrow.domain.HoldCommand.Freeze;
import dev.earnest.escrow.domain.HoldCommand.Fund;
import dev.earnest.escrow.domain.HoldCommand.Refund;
import dev.earnest.escrow.domain.HoldCommand.Release;
import dev.earnest.escrow.domain.HoldCommand.Settle;
import dev.earnest.escrow.domain.HoldCommand.Thaw;
import dev.earnest.kit.problem.IllegalMove;
import org.jspecify.annotations.Nullable;

/// What may follow what for a task's money. Money that has left escrow never comes back to it.
///
/// ```
///             Fund              Release
///   NONE ───────────────▶ HELD ─────────▶ RELEASED
///    │ ▲  (or it is     │ ▲ │ │
///    └─┘   refused)     │ │ │ └─────────▶ REFUNDED
///         Agree: part   └─┘ │   Refund
///         goes back         │
///                    Freeze ▼ ▲ Thaw
///                         FROZEN ───────▶ SETTLED
///                                 Settle
/// ```
///
/// A Release of less than is held gives the rest back. Align takes whatever steps of these lead to
/// what the task's state asks for; of money that has left escrow it asks nothing more.
///
/// A task without money (no budget, or its hold was refused) goes its way and nothing happens here.
/// Every other pair is refused and changes nothing: the event is dropped and recorded.
final class HoldLifecycle {
  private HoldLifecycle() {}

  /// @throws IllegalMove 409 with the hold's state when the command may not follow it
  static HoldDecision decide(Hold hold, HoldCommand command, Terms terms) {
    if (hold.state() == NONE && !(command instanceof Fund)) {
      return HoldDecision.nothing(hold);
    }
    HoldMoves moves = new HoldMoves(hold, terms);
    return switch (command) {
      case Fund fund -> moves.fund(unasked(hold, fund));
      case Agree agree -> moves.agree(only(HELD, hold, agree));
      case Release release -> moves.release(only(HELD, hold, release));
      case Refund refund -> moves.refund(only(HELD, hold, refund));
      case Freeze freeze -> moves.freeze(only(HELD, hold, freeze));
      case Thaw thaw -> moves.thaw(only(FROZEN, hold, thaw));
      case Settle settle -> moves.settle(only(FROZEN, hold, settle));
      case Align align -> align(hold, align.wanted(), terms);
    };
  }

  private static HoldDecision align(Hold hold, @Nullable HoldCommand wanted, Terms terms) {
    if (!hold.isOpen()) {
      return HoldDecision.nothing(hold);
    }
    HoldState from = wanted instanceof Freeze || wanted instanceof Settle ? FROZEN : HELD;
    HoldDecision ready =
        hold.state() == from
            ? HoldDecision.nothing(hold)
            : decide(hold, from == FROZEN ? new Freeze() : new Thaw(), terms);
    return wanted == null || wanted instanceof Freeze
        ? ready
        : ready.and(decide(ready.next(), wanted, terms));
  }

  private static Fund unasked(Hold hold, Fund fund) {
    if (!hold.isUnasked()) {
      throw illegal(hold, fund);
    }
    return fund;
  }

  private static <C extends HoldCommand> C only(HoldState from, Hold hold, C command) {
    if (hold.state() != from) {
      throw illegal(hold, command);
    }
    return command;
  }

  private static IllegalMove illegal(Hold hold, HoldCommand command) {
    return new IllegalMove(
        "illegal_hold_move",
        hold.state().name(),
        command.getClass().getSimpleName() + " may not follow " + hold.state() + ".");
  }
}
