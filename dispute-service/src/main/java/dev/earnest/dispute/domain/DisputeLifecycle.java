package dev.earnest.dispute.domain;

import static dev.earnest.dispute.domain.DisputeState.ARBITRATION;
import static dev.earnest.dispute.domain.DisputeState.JURY;
import static dev.earnest.dispute.domain.DisputeState.NEGOTIATION;
import static dev.earnest.dispute.domain.DisputeState.OPENING;
import static dev.earnest.dispute.domain.DisputeState.REFUSED;
import static dev.earnest.dispute.domain.DisputeState.RESOLVED;

import dev.earnest.dispute.domain.DisputeCommand.AcceptOffer;
import dev.earnest.dispute.domain.DisputeCommand.CastVote;
import dev.earnest.dispute.domain.DisputeCommand.Confirm;
import dev.earnest.dispute.domain.DisputeCommand.Escalate;
import dev.earnest.dispute.domain.DisputeCommand.MakeOffer;
import dev.earnest.dispute.domain.DisputeCommand.Refuse;
import dev.earnest.dispute.domain.DisputeCommand.RejectOffer;
import dev.earnest.dispute.domain.DisputeCommand.Rule;
import dev.earnest.dispute.domain.DisputeCommand.RunOut;
import dev.earnest.dispute.domain.DisputeCommand.SubmitEvidence;
import dev.earnest.dispute.domain.Move.Cause;
import dev.earnest.dispute.domain.Move.Escalated;
import dev.earnest.dispute.domain.Move.JuryCalled;
import dev.earnest.dispute.domain.Move.Redelivery;
import dev.earnest.dispute.domain.Move.Refused;
import dev.earnest.dispute.domain.Move.Ruled;
import dev.earnest.dispute.domain.Move.Undecided;
import dev.earnest.kit.problem.IllegalMove;

/// The only place that says what may happen to a dispute.
///
/// ```text
///            refuse
///  OPENING ──────────────────────────────────────────────▶ REFUSED
///     │ confirm (nothing delivered: full refund) ─────────────┐
///     │ confirm (something delivered)                         │
///     ▼                                                       ▼
///  NEGOTIATION ── accept offer, rule ───────────────────▶ RESOLVED
///     │ │ deadline, five jurors seated                     ▲  ▲
///     │ ▼                                                  │  │
///     │ JURY ── majority, rule ────────────────────────────┘  │
///     │ │ escalate, all votes or the deadline without majority│
///     ▼ ▼                                                     │
///  ARBITRATION ── rule, deadline (split) ─────────────────────┘
///   ▲ from NEGOTIATION: escalate, or a deadline with too few jurors
/// ```
///
/// Evidence is taken in every open state; offers are made, rejected and accepted in NEGOTIATION.
/// OPENING alone has no deadline: it ends by task-service's answer, and a second opinion about whether
/// the task is frozen could leave it so for ever.
public final class DisputeLifecycle {
  /// A jury is this many; more than half of them decide.
  public static final int JURORS = 5;

  private DisputeLifecycle() {}

  /// What follows from a command in a state.
  ///
  /// @throws IllegalMove when the state does not allow the command; nothing has changed then
  public static Move decide(DisputeState state, DisputeCommand command) {
    return switch (command) {
      case Confirm(boolean delivered) when state == OPENING ->
          delivered ? to(NEGOTIATION) : ruled(Ruling.nothingDelivered());
      case Refuse(String reason) when state == OPENING -> new Move(REFUSED, new Refused(reason));
      case SubmitEvidence() when state.isOpen() -> to(state);
      case MakeOffer() when state == NEGOTIATION -> to(state);
      case RejectOffer() when state == NEGOTIATION -> to(state);
      case AcceptOffer(Terms terms, String by) when state == NEGOTIATION -> settled(terms, by);
      case Escalate() when state == NEGOTIATION || state == JURY -> escalated(Cause.PARTY);
      case CastVote(Tally tally) when state == JURY ->
          tally.isComplete()
              ? counted(tally)
              : tally.verdict().map(DisputeLifecycle::ruled).orElse(to(JURY));
      case RunOut(int seated, Tally _) when state == NEGOTIATION ->
          seated >= JURORS ? new Move(JURY, new JuryCalled()) : escalated(Cause.TOO_FEW_JURORS);
      case RunOut(int _, Tally tally) when state == JURY -> counted(tally);
      case RunOut(int _, Tally _) when state == ARBITRATION -> ruled(Ruling.byDefault());
      case Rule(Ruling ruling) when state.isOpen() && state != OPENING -> ruled(ruling);
      case Confirm _,
          Refuse _,
          SubmitEvidence _,
          MakeOffer _,
          RejectOffer _,
          AcceptOffer _,
          Escalate _,
          CastVote _,
          RunOut _,
          Rule _ ->
          throw new IllegalMove("wrong_state", state.name(), "The dispute is " + state + ".");
    };
  }

  private static Move to(DisputeState state) {
    return new Move(state, new Undecided());
  }

  private static Move ruled(Ruling ruling) {
    return new Move(RESOLVED, new Ruled(ruling));
  }

  private static Move settled(Terms terms, String by) {
    return switch (terms) {
      case Terms.Refund refund -> ruled(Ruling.settlement(refund.percentage(), by));
      case Terms.Redeliver() -> new Move(RESOLVED, new Redelivery(by));
    };
  }

  private static Move counted(Tally tally) {
    return tally
        .verdict()
        .map(DisputeLifecycle::ruled)
        .orElseGet(() -> escalated(Cause.NO_MAJORITY));
  }

  private static Move escalated(Cause cause) {
    return new Move(ARBITRATION, new Escalated(cause));
  }
}
