package dev.earnest.task.domain;

import static dev.earnest.task.domain.TaskState.AWAITING_INPUT;
import static dev.earnest.task.domain.TaskState.CANCELLED;
import static dev.earnest.task.domain.TaskState.COMPLETED;
import static dev.earnest.task.domain.TaskState.DELIVERED;
import static dev.earnest.task.domain.TaskState.DISPUTED;
import static dev.earnest.task.domain.TaskState.EXECUTING;
import static dev.earnest.task.domain.TaskState.EXPIRED;
import static dev.earnest.task.domain.TaskState.FAILED;
import static dev.earnest.task.domain.TaskState.MATCHING;
import static dev.earnest.task.domain.TaskState.ON_HOLD;
import static dev.earnest.task.domain.TaskState.PENDING;

import dev.earnest.kit.problem.IllegalMove;
import java.util.Arrays;

/// The life of a task. This table is the only place that says what may follow what.
///
/// ```text
///                    match                  assign
///   PENDING ───────────────────▶ MATCHING ─────────┐
///    │ │ │ assign (direct hire, claim, proposal)    │
///    │ │ └──────────────────────────┐               │
///    │ │ expire                     ▼               ▼
///    │ └──────▶ EXPIRED          EXECUTING ◀────────┘
///    │                            ▲  │  │ ▲
///    │      input given, resume   │  │  │ └── request revision (2 at most), redeliver
///    │  AWAITING_INPUT ◀──────────┴──┤  │
///    │  ON_HOLD        ◀─────────────┘  │ deliver
///    │                                  ▼
///    │ cancel               fail    DELIVERED ──── approve ───▶ COMPLETED
///    ▼                     time out     │
///  CANCELLED   FAILED ◀────────         │ dispute              rule
///                                       ▼        ┌──────────▶ COMPLETED
///                                   DISPUTED ────┴──────────▶ CANCELLED
/// ```
///
/// A task whose agent fell silent goes back to where the next one is found while attempts are
/// left. Once anything was delivered or handed over, the buyer's way out is the review or a dispute.
public final class Lifecycle {
  /// How many times a buyer may ask for changes.
  public static final int MAX_REVISIONS = 2;

  private Lifecycle() {}

  /// The state that follows.
  ///
  /// @throws IllegalMove when the command is not legal now; nothing changes then
  public static TaskState next(Standing task, Command command) {
    Row row = new Row(task, command);
    return switch (command) {
      case Command.Fund _ -> row.from(PENDING).unless(task.funded(), "already_funded").to(PENDING);
      case Command.RefuseFunds _ ->
          row.from(PENDING).unless(task.funded(), "already_funded").to(CANCELLED);
      case Command.Match _ ->
          row.from(PENDING)
              .unless(!task.funded(), "not_funded")
              .unless(task.mode() != Mode.DIRECT || task.agentNamed(), "not_for_the_matcher")
              .to(MATCHING);
      case Command.Assign _ ->
          row.from(PENDING, MATCHING).unless(!task.funded(), "not_funded").to(EXECUTING);
      case Command.ReleaseClaim _ ->
          row.from(EXECUTING).unless(task.hiring() != Hiring.CLAIMED, "not_claimed").to(PENDING);
      case Command.RequestInput _ -> row.from(EXECUTING).to(AWAITING_INPUT);
      case Command.GiveInput _ -> row.from(AWAITING_INPUT).to(EXECUTING);
      case Command.AddInput _ -> row.from(PENDING, MATCHING, EXECUTING, ON_HOLD).to(task.state());
      case Command.Hold _ -> row.from(EXECUTING, AWAITING_INPUT).to(ON_HOLD);
      case Command.Resume _ -> row.from(ON_HOLD).to(EXECUTING);
      case Command.Progress _ -> row.from(EXECUTING).to(EXECUTING);
      case Command.Heartbeat _ -> row.from(EXECUTING).to(EXECUTING);
      case Command.SubmitArtifacts _ ->
          row.from(EXECUTING, AWAITING_INPUT, ON_HOLD).to(task.state());
      case Command.Deliver _ ->
          row.from(EXECUTING, AWAITING_INPUT, ON_HOLD)
              .to(task.review() == Review.BUYER ? DELIVERED : COMPLETED);
      case Command.RequestRevision _ ->
          row.from(DELIVERED)
              .unless(task.revisions() >= MAX_REVISIONS, "no_revisions_left")
              .to(EXECUTING);
      case Command.Approve _ -> row.from(DELIVERED).to(COMPLETED);
      case Command.Dispute _ ->
          row.from(EXECUTING, AWAITING_INPUT, ON_HOLD, DELIVERED).to(DISPUTED);
      case Command.Redeliver _ -> row.from(DISPUTED).to(EXECUTING);
      case Command.Rule rule -> row.from(DISPUTED).to(ruled(rule.ruling()));
      case Command.Fail _ -> row.from(EXECUTING, AWAITING_INPUT, ON_HOLD).to(FAILED);
      case Command.TimeOut _ -> row.from(EXECUTING, AWAITING_INPUT, ON_HOLD).to(afterTimeOut(task));
      case Command.Cancel _ ->
          row.unless(task.awaitsVerdict(), "use_dispute")
              .from(PENDING, MATCHING, EXECUTING, AWAITING_INPUT, ON_HOLD)
              .to(CANCELLED);
      case Command.Expire _ -> row.from(PENDING, MATCHING).to(EXPIRED);
      case Command.Reassign _ ->
          row.unless(task.awaitsVerdict(), "use_dispute")
              .from(PENDING, EXECUTING, AWAITING_INPUT, ON_HOLD)
              .unless(!task.agentNamed(), "no_agent")
              .unless(!task.funded(), "not_funded")
              .to(EXECUTING);
      case Command.Describe _ ->
          row.from(PENDING, MATCHING, EXECUTING, AWAITING_INPUT, ON_HOLD)
              .unless(!task.free(), "money_held")
              .to(task.state());
      case Command.Reserve _ ->
          row.from(PENDING).unless(!task.mode().isClaimed(), "not_claimable").to(PENDING);
      case Command.Share _, Command.GiveFeedback _ -> row.to(task.state());
      case Command.FinishByHand finish ->
          row.from(PENDING, EXECUTING).unless(!task.free(), "money_held").to(finish.to());
    };
  }

  private static TaskState ruled(Ruling ruling) {
    return switch (ruling.resolution()) {
      case REFUND_BUYER -> CANCELLED;
      case RELEASE_TO_AGENT, SPLIT -> COMPLETED;
    };
  }

  private static TaskState afterTimeOut(Standing task) {
    if (task.delivered()) {
      return DELIVERED;
    }
    return task.leased() && task.attemptsLeft() ? task.offeredAgain() : FAILED;
  }

  /// One row of the table: where it starts, what forbids it, where it ends.
  private record Row(Standing task, Command command) {
    Row from(TaskState... states) {
      return unless(!Arrays.asList(states).contains(task.state()), "illegal_state");
    }

    Row unless(boolean forbidden, String code) {
      if (forbidden) {
        String name = command.getClass().getSimpleName();
        throw new IllegalMove(
            code,
            task.state().name(),
            "%s is not possible: the task is %s (%s).".formatted(name, task.state(), code));
      }
      return this;
    }

    TaskState to(TaskState state) {
      return state;
    }
  }
}
