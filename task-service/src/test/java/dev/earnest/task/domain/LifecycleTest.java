package dev.earnest.task.domain;

import static dev.earnest.task.domain.Facts.hire;
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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.problem.IllegalMove;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every state × every command. The expected table stands here a second time, as people wrote it
/// down before the code; whatever it does not name is refused.
class LifecycleTest {
  private static final UUID ID = UUID.fromString("0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69");
  private static final Command ASSIGN = new Command.Assign(ID, "a", Hiring.DIRECT, 1);
  private static final Brief BRIEF =
      new Brief("Title", "Text", null, null, null, List.of(), null, Priority.NORMAL);
  private static final Command DELIVER =
      new Command.Deliver(new Delivery("done", null, List.of(), Instant.EPOCH));

  static Stream<Arguments> table() {
    return Stream.of(
        row(new Command.Fund(), hire().unfunded(), Map.of(PENDING, PENDING)),
        row(new Command.RefuseFunds("x"), hire().unfunded(), Map.of(PENDING, CANCELLED)),
        row(new Command.Match(), hire().noAgent(), Map.of(PENDING, MATCHING)),
        row(ASSIGN, hire(), Map.of(PENDING, EXECUTING, MATCHING, EXECUTING)),
        row(new Command.ReleaseClaim(), hire().claimed(), Map.of(EXECUTING, PENDING)),
        row(new Command.RequestInput("?"), hire(), Map.of(EXECUTING, AWAITING_INPUT)),
        row(new Command.GiveInput("!", "b", null), hire(), Map.of(AWAITING_INPUT, EXECUTING)),
        row(
            new Command.AddInput("!", "b", null),
            hire(),
            Map.of(PENDING, PENDING, MATCHING, MATCHING, EXECUTING, EXECUTING, ON_HOLD, ON_HOLD)),
        row(new Command.Hold(), hire(), Map.of(EXECUTING, ON_HOLD, AWAITING_INPUT, ON_HOLD)),
        row(new Command.Resume(), hire(), Map.of(ON_HOLD, EXECUTING)),
        row(new Command.Progress(1, null, null), hire(), Map.of(EXECUTING, EXECUTING)),
        row(new Command.Heartbeat(), hire(), Map.of(EXECUTING, EXECUTING)),
        row(
            new Command.SubmitArtifacts(List.of()),
            hire(),
            Map.of(EXECUTING, EXECUTING, AWAITING_INPUT, AWAITING_INPUT, ON_HOLD, ON_HOLD)),
        row(DELIVER, hire(), working(DELIVERED)),
        row(DELIVER, hire().withoutReview(), working(COMPLETED)),
        row(new Command.RequestRevision("x"), hire(), Map.of(DELIVERED, EXECUTING)),
        row(new Command.RequestRevision("x"), hire().revised(1), Map.of(DELIVERED, EXECUTING)),
        row(new Command.Approve(5, null, false), hire(), Map.of(DELIVERED, COMPLETED)),
        row(new Command.Dispute(ID, "b"), hire(), working(DISPUTED, Map.of(DELIVERED, DISPUTED))),
        row(new Command.Redeliver(ID), hire(), Map.of(DISPUTED, EXECUTING)),
        row(rule(Ruling.Resolution.REFUND_BUYER), hire(), Map.of(DISPUTED, CANCELLED)),
        row(rule(Ruling.Resolution.RELEASE_TO_AGENT), hire(), Map.of(DISPUTED, COMPLETED)),
        row(rule(Ruling.Resolution.SPLIT), hire(), Map.of(DISPUTED, COMPLETED)),
        row(new Command.Fail("x"), hire(), working(FAILED)),
        row(new Command.TimeOut(), hire(), working(FAILED)),
        row(new Command.TimeOut(), hire().claimed(), working(MATCHING)),
        row(new Command.TimeOut(), hire().claimed().open(), working(PENDING)),
        row(new Command.TimeOut(), hire().claimed().lastAttempt(), working(FAILED)),
        row(new Command.TimeOut(), hire().delivered(), working(DELIVERED)),
        row(new Command.TimeOut(), hire().submitted(), working(FAILED)),
        row(
            new Command.Cancel("x"),
            hire(),
            working(CANCELLED, Map.of(PENDING, CANCELLED, MATCHING, CANCELLED))),
        row(new Command.Expire("x"), hire(), Map.of(PENDING, EXPIRED, MATCHING, EXPIRED)),
        row(new Command.Reassign(ID, "a"), hire(), working(EXECUTING, Map.of(PENDING, EXECUTING))),
        row(
            new Command.Describe(BRIEF, null, null),
            hire().free(),
            unchanged(PENDING, MATCHING, EXECUTING, AWAITING_INPUT, ON_HOLD)),
        row(new Command.Reserve(ID, "a"), hire().open().noAgent(), unchanged(PENDING)),
        row(new Command.Share(List.of(), List.of()), hire(), unchanged(TaskState.values())),
        row(new Command.GiveFeedback(null), hire(), unchanged(TaskState.values())),
        row(
            new Command.FinishByHand(COMPLETED),
            hire().free(),
            Map.of(PENDING, COMPLETED, EXECUTING, COMPLETED)),
        row(
            new Command.FinishByHand(CANCELLED),
            hire().free(),
            Map.of(PENDING, CANCELLED, EXECUTING, CANCELLED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void everyStateAnswersAsTheTableSays(
      Command command, Facts facts, Map<TaskState, TaskState> legal) {
    for (TaskState state : TaskState.values()) {
      Standing standing = facts.in(state);
      if (legal.containsKey(state)) {
        assertThat(Lifecycle.next(standing, command)).as("%s", state).isEqualTo(legal.get(state));
      } else {
        assertThatThrownBy(() -> Lifecycle.next(standing, command))
            .as("%s", state)
            .isInstanceOfSatisfying(
                IllegalMove.class,
                move -> {
                  assertThat(move.status()).isEqualTo(409);
                  assertThat(move.state()).isEqualTo(state.name());
                });
      }
    }
  }

  static Stream<Arguments> forbidden() {
    return Stream.of(
        Arguments.of(new Command.Fund(), hire().in(PENDING), "already_funded"),
        Arguments.of(new Command.RefuseFunds("x"), hire().in(PENDING), "already_funded"),
        Arguments.of(new Command.Match(), hire().noAgent().unfunded().in(PENDING), "not_funded"),
        Arguments.of(new Command.Match(), hire().in(PENDING), "not_for_the_matcher"),
        Arguments.of(
            new Command.Match(), hire().noAgent().open().in(PENDING), "not_for_the_matcher"),
        Arguments.of(ASSIGN, hire().unfunded().in(PENDING), "not_funded"),
        Arguments.of(new Command.ReleaseClaim(), hire().in(EXECUTING), "not_claimed"),
        Arguments.of(
            new Command.RequestRevision("x"), hire().revised(2).in(DELIVERED), "no_revisions_left"),
        Arguments.of(new Command.Cancel("x"), hire().delivered().in(EXECUTING), "use_dispute"),
        Arguments.of(new Command.Cancel("x"), hire().delivered().in(DELIVERED), "use_dispute"),
        Arguments.of(new Command.Cancel("x"), hire().submitted().in(EXECUTING), "use_dispute"),
        Arguments.of(
            new Command.Reassign(ID, "a"), hire().submitted().in(EXECUTING), "use_dispute"),
        Arguments.of(new Command.Cancel("x"), hire().delivered().in(COMPLETED), "illegal_state"),
        Arguments.of(
            new Command.Reassign(ID, "a"), hire().delivered().in(EXECUTING), "use_dispute"),
        Arguments.of(new Command.Reassign(ID, "a"), hire().noAgent().in(PENDING), "no_agent"),
        Arguments.of(new Command.Reassign(ID, "a"), hire().unfunded().in(PENDING), "not_funded"),
        Arguments.of(new Command.Describe(BRIEF, null, null), hire().in(EXECUTING), "money_held"),
        Arguments.of(new Command.Reserve(ID, "a"), hire().in(PENDING), "not_claimable"),
        Arguments.of(new Command.FinishByHand(COMPLETED), hire().in(EXECUTING), "money_held"));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("forbidden")
  void factsForbidWhatTheStateWouldAllow(Command command, Standing standing, String code) {
    assertThatThrownBy(() -> Lifecycle.next(standing, command))
        .isInstanceOfSatisfying(IllegalMove.class, move -> assertThat(move.code()).isEqualTo(code));
  }

  @Test
  void noCommandIsMissingFromTheTable() {
    Set<Class<?>> tested = table().map(row -> row.get()[0].getClass()).collect(Collectors.toSet());
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Command.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @EnumSource
  void noOtherStateFollowsAFinalOne(TaskState state) {
    boolean followed =
        table()
            .map(row -> ((Map<?, ?>) row.get()[2]).get(state))
            .anyMatch(next -> next != null && next != state);
    assertThat(state.isFinal()).isEqualTo(!followed);
  }

  private static Arguments row(Command command, Facts facts, Map<TaskState, TaskState> legal) {
    return Arguments.of(command, facts, legal);
  }

  private static Map<TaskState, TaskState> working(TaskState next) {
    return Map.of(EXECUTING, next, AWAITING_INPUT, next, ON_HOLD, next);
  }

  private static Map<TaskState, TaskState> working(TaskState next, Map<TaskState, TaskState> more) {
    Map<TaskState, TaskState> all = new EnumMap<>(working(next));
    all.putAll(more);
    return all;
  }

  private static Map<TaskState, TaskState> unchanged(TaskState... states) {
    return Stream.of(states).collect(Collectors.toMap(state -> state, state -> state));
  }

  private static Command rule(Ruling.Resolution resolution) {
    return new Command.Rule(new Ruling(ID, resolution, BigDecimal.TEN));
  }
}
