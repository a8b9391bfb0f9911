package dev.earnest.task.domain;

import org.jspecify.annotations.Nullable;

/// What [Lifecycle] looks at when it decides: the state and the few facts beside it.
///
/// @param funded the budget is held, or there is none
/// @param free there is no budget
/// @param hiring how the present agent came, null while nobody works
/// @param agentNamed an agent is named, working or waiting
/// @param delivered something was delivered, ever
/// @param submitted the present agent has handed over artifacts
/// @param revisions how many revisions were requested
/// @param attemptsLeft another attempt is allowed
public record Standing(
    TaskState state,
    Mode mode,
    Review review,
    boolean funded,
    boolean free,
    @Nullable Hiring hiring,
    boolean agentNamed,
    boolean delivered,
    boolean submitted,
    int revisions,
    boolean attemptsLeft) {

  /// Something was handed over and nobody has judged it yet: only a review or a dispute ends that.
  boolean awaitsVerdict() {
    return (delivered || submitted) && !state.isFinal();
  }

  boolean leased() {
    return hiring != null && hiring.isLease();
  }

  /// Where a task goes whose agent gave up or fell silent: back to where the next one is found.
  TaskState offeredAgain() {
    return mode == Mode.DIRECT ? TaskState.MATCHING : TaskState.PENDING;
  }
}
