package dev.earnest.dispute.domain;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.Stage;
import dev.earnest.testkit.TestClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@DisputeServiceTest
class DisputeDeadlinesTest {
  @Inject Proceedings proceedings;

  @Test
  void negotiationThatRunsOutGoesToAnAdminOnceHoweverManyLook() throws Exception {
    List<Stage> stages = Stream.generate(Stage::delivered).limit(5).toList();
    List<String> ids = stages.stream().map(Stage::inNegotiation).toList();
    TestClock.advance(Duration.ofHours(23));
    proceedings.runOutDue();
    stages.getFirst().read(ids.getFirst()).body("dispute.status", equalTo("NEGOTIATION"));

    TestClock.advance(Duration.ofHours(1));
    Callable<Boolean> look = proceedings::runOutDue;
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> looked :
          replicas.invokeAll(IntStream.range(0, 8).mapToObj(_ -> look).toList())) {
        looked.get();
      }
    }

    for (int i = 0; i < ids.size(); i++) {
      Stage stage = stages.get(i);
      stage.awaitStatus(ids.get(i), "ARBITRATION");
      stage
          .read(ids.get(i))
          .body("dispute.deadline", nullValue())
          .body("dispute.history.command", contains("open", "confirm", "run_out"));
    }
    Stage.asAdmin()
        .body(Map.of("resolution", "RELEASE_TO_AGENT"))
        .post("/api/v1/admin/disputes/" + ids.getFirst() + "/resolve")
        .then()
        .statusCode(200);
  }

  @Test
  void clockAloneMovesItOn() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    TestClock.advance(Duration.ofHours(24));
    stage.awaitStatus(id, "ARBITRATION");
  }
}
