package dev.earnest.task.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What many do to an agent's queue at once, or twice.
@TaskServiceTest
class QueueRaceTest {
  @Test
  void ofManySubmittedAtOnceAsManyStartAsThereIsRoomFor() throws Exception {
    Door door = new Door(new Market(3));
    List<String> all = atOnce(12, door::queued);
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all.stream().filter(task -> door.status(task).equals("running"))).hasSize(3);
  }

  @Test
  void ofTwoCancelsAtOnceOneHappens() throws Exception {
    Door door = new Door(new Market(1));
    for (int round = 0; round < 5; round++) {
      String task = door.queued();
      List<Integer> answers = atOnce(2, () -> door.cancel(task).extract().statusCode());
      assertThat(answers).containsExactlyInAnyOrder(200, 400);
      assertThat(door.status(task)).isEqualTo("cancelled");
    }
  }

  @Test
  void ofCancelAndCompletionAtOnceOneHappens() throws Exception {
    Market market = new Market(1);
    Door door = new Door(market);
    for (int round = 0; round < 5; round++) {
      String task = door.queued();
      AtomicBoolean first = new AtomicBoolean();
      List<Integer> answers =
          atOnce(
              2,
              () ->
                  first.compareAndSet(false, true)
                      ? door.cancel(task).extract().statusCode()
                      : market
                          .asOwner()
                          .body("{\"output\": 1}")
                          .put("/api/v1/tasks/" + task + "/complete")
                          .statusCode());
      assertThat(answers.stream().sorted().toList()).isIn(List.of(200, 400), List.of(200, 409));
      assertThat(door.status(task)).isEqualTo(answers.contains(409) ? "cancelled" : "completed");
    }
  }

  @Test
  void aSubmissionRepeatedWithItsKeyIsOneTask() {
    Market market = new Market(1);
    Door door = new Door(market);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(
          door.submit(market.asBuyer().header("Idempotency-Key", "job-7"), "{\"message\": \"Hi\"}")
              .statusCode(202)
              .extract()
              .body()
              .asString());
    }
    assertThat(made).containsOnly(made.getFirst());
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<T> results = new ArrayList<>();
      for (Future<T> one : threads.invokeAll(Collections.nCopies(times, call))) {
        results.add(one.get());
      }
      return results;
    }
  }
}
