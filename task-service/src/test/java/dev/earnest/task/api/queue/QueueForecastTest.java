package dev.earnest.task.api.queue;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.Temporal;
import org.assertj.core.data.TemporalOffset;
import org.junit.jupiter.api.Test;

/// When a task is said to start: by what waits before it, the agent's pace and its room.
@TaskServiceTest
class QueueForecastTest {
  private static final TemporalOffset<Temporal> CLOSE = within(20, SECONDS);
  private static final Duration PACE = Duration.ofMinutes(30);

  @Test
  void withRoomItStartsAtOnce() {
    Door door = new Door(new Market(1));
    var answer = door.submit("{\"message\": \"Hi\"}").statusCode(202).extract();
    String task = answer.path("task_id");
    assertThat(Instant.parse(answer.path("estimated_start")))
        .isEqualTo(door.time(task, "started_at"))
        .isCloseTo(door.time(task, "created_at"), within(1, SECONDS));
  }

  @Test
  void whatWaitsBeforeItTakesWhatFinishedWorkTook() {
    Door door = withPace(new Market(1));
    String running = door.queued();
    Instant started = door.time(running, "started_at");
    String first = estimated(door, 5, started.plus(PACE));
    TestClock.advance(Duration.ofMinutes(10));
    estimated(door, 5, started.plus(PACE.multipliedBy(2)));
    // A more urgent one goes before both; a less urgent one comes after all.
    estimated(door, 9, started.plus(PACE));
    estimated(door, 1, started.plus(PACE.multipliedBy(4)));
    assertThat(door.time(first, "estimated_start"))
        .isCloseTo(started.plus(PACE.multipliedBy(2)), CLOSE);
  }

  @Test
  void placesAreUsedAsTheyGetFree() {
    Door door = withPace(new Market(2));
    Instant early = door.time(door.queued(), "started_at");
    TestClock.advance(Duration.ofMinutes(12));
    Instant late = door.time(door.queued(), "started_at");
    estimated(door, 5, early.plus(PACE));
    estimated(door, 5, late.plus(PACE));
    estimated(door, 5, early.plus(PACE.multipliedBy(2)));
    estimated(door, 5, late.plus(PACE.multipliedBy(2)));
    estimated(door, 5, early.plus(PACE.multipliedBy(3)));
  }

  @Test
  void overdueWorkIsOverAnyMoment() {
    Door door = withPace(new Market(1));
    door.queued();
    TestClock.advance(PACE.multipliedBy(3));
    String waiting = door.queued();
    assertThat(door.time(waiting, "estimated_start"))
        .isCloseTo(door.time(waiting, "created_at"), CLOSE);
  }

  @Test
  void aDeadlineEndsWorkBefore() {
    Door door = withPace(new Market(1));
    Instant started = door.time(door.queued("\"timeout_override\": 120"), "started_at");
    estimated(door, 5, started.plusSeconds(120));
  }

  @Test
  void withoutFinishedWorkEachIsThoughtToUseItsTime() {
    Door door = new Door(new Market(1));
    Instant started = door.time(door.queued("\"timeout_override\": 300"), "started_at");
    estimated(door, 5, started.plusSeconds(300));
    Door other = new Door(new Market(1));
    estimated(other, 5, other.time(other.queued(), "started_at").plus(Duration.ofDays(7)));
  }

  @Test
  void onlyCompletedWorkCounts() {
    Door door = withPace(new Market(1));
    door.fail(door.queued(), "crashed");
    door.cancel(door.queued()).statusCode(200);
    Instant started = door.time(door.queued(), "started_at");
    estimated(door, 5, started.plus(PACE));
  }

  @Test
  void waitingForTheBuyersApprovalIsNotWork() {
    Market market = new Market(1);
    Door door = new Door(market);
    String task = market.executing();
    TestClock.advance(PACE);
    market.deliver(task).statusCode(200);
    TestClock.advance(Duration.ofHours(20));
    market.review(task, "{\"action\": \"approve\"}").statusCode(200);
    Instant started = door.time(door.queued(), "started_at");
    estimated(door, 5, started.plus(PACE));
  }

  /// The mean of what its completed work took is half an hour.
  private static Door withPace(Market market) {
    Door door = new Door(market);
    String quick = door.queued();
    TestClock.advance(Duration.ofMinutes(20));
    door.complete(quick);
    String slow = door.queued();
    TestClock.advance(Duration.ofMinutes(40));
    door.complete(slow);
    return door;
  }

  private static String estimated(Door door, int priority, Instant start) {
    var answer =
        door.submit("{\"message\": \"Hi\", \"priority\": " + priority + "}")
            .statusCode(202)
            .extract();
    String task = answer.path("task_id");
    assertThat(Instant.parse(answer.path("estimated_start"))).isCloseTo(start, CLOSE);
    assertThat(door.time(task, "estimated_start")).isCloseTo(start, CLOSE);
    return task;
  }
}
