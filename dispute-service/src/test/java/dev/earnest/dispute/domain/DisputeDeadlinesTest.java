package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.JuryPool;
import dev.earnest.dispute.Stage;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@DisputeServiceTest
class DisputeDeadlinesTest {
  @Inject DisputeDeadlines deadlines;

  @Test
  void negotiationThatRunsOutGoesToAnAdminOnceHoweverManyLook() throws Exception {
    List<Stage> stages = Stream.generate(Stage::delivered).limit(5).toList();
    List<String> ids = stages.stream().map(Stage::inNegotiation).toList();
    TestClock.advance(Duration.ofHours(23));
    deadlines.moveOn();
    stages.getFirst().read(ids.getFirst()).body("dispute.status", equalTo("NEGOTIATION"));

    TestClock.advance(Duration.ofHours(1));
    lookAsManyReplicas();

    for (int i = 0; i < ids.size(); i++) {
      Stage stage = stages.get(i);
      stage.awaitStatus(ids.get(i), "ARBITRATION");
      stage
          .read(ids.get(i))
          .body("dispute.deadline", notNullValue())
          .body("dispute.jury.seats", equalTo(0))
          .body("dispute.history.command", contains("open", "confirm", "run_out"));
      JsonPath escalated = JsonPath.from(stage.hears("earnest.dispute.escalated.v1").value());
      assertThat(escalated.getString("reason")).isEqualTo("TOO_FEW_JURORS");
      assertThat(stage.told()).containsExactly("opened", "escalated");
    }
    Stage.asAdmin()
        .body(Map.of("resolution", "RELEASE_TO_AGENT"))
        .post("/api/v1/admin/disputes/" + ids.getFirst() + "/resolve")
        .then()
        .statusCode(200);
  }

  @Test
  void juryIsDrawnOnceHoweverManyLook() throws Exception {
    try (JuryPool _ = JuryPool.of(JuryPool.accounts(9))) {
      List<Stage> stages = Stream.generate(Stage::delivered).limit(5).toList();
      List<String> ids = stages.stream().map(Stage::inNegotiation).toList();
      TestClock.advance(Duration.ofHours(24));
      lookAsManyReplicas();
      for (int i = 0; i < ids.size(); i++) {
        Stage stage = stages.get(i);
        stage.awaitStatus(ids.get(i), "JURY");
        stage.read(ids.get(i)).body("dispute.jury.seats", equalTo(5));
        TestKafka.await(
            "dispute.events", stage.task.toString(), "earnest.dispute.juror_called.v1", 5);
        assertThat(stage.told()).filteredOn("jury_seated"::equals).hasSize(1);
        assertThat(stage.told()).filteredOn("juror_called"::equals).hasSize(5);
      }
    }
  }

  @Test
  void clockAloneMovesItOnToItsEnd() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    TestClock.advance(Duration.ofHours(24));
    stage.awaitStatus(id, "ARBITRATION");
    TestClock.advance(Duration.ofDays(14));
    stage.awaitStatus(id, "RESOLVED");
    stage
        .read(id)
        .body("dispute.ruling.resolution", equalTo("SPLIT"))
        .body("dispute.ruling.by", nullValue())
        .body("dispute.history.command", contains("open", "confirm", "run_out", "run_out"));
    stage.hears("earnest.dispute.resolved.v1");
    assertThat(stage.told()).containsExactly("opened", "escalated", "resolved");
  }

  private void lookAsManyReplicas() throws Exception {
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      List<Future<?>> looks =
          IntStream.range(0, 8)
              .<Future<?>>mapToObj(_ -> replicas.submit(deadlines::moveOn))
              .toList();
      for (Future<?> look : looks) {
        look.get();
      }
    }
  }
}
