package dev.earnest.task.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of an assistant's tasks, and what others hear of it.
@TaskServiceTest
class AssistantTaskLifeResourceTest {
  private static final String TASK_EVENTS = "task.events";

  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @Test
  void nothingStartsItButProcess() {
    String task = jane.create();
    jane.market.claim(task).statusCode(409);
    jane.market.claimNext("").statusCode(204);
    jane.show(task).body("status", equalTo("pending"));
    jane.market
        .show(task)
        .body("task.mode", equalTo("manual"))
        .body("task.review", equalTo("NONE"))
        .body("task.expiresAt", equalTo(null));
  }

  @Test
  void aQuestionIsAnsweredByProcess() {
    String task = jane.asking();
    jane.show(task)
        .body("status", equalTo("needs_clarification"))
        .body("activities.findAll { it.type == 'message' }.message", contains("Which floor?"))
        .body("activities.findAll { it.type == 'message' }.by", contains(jane.market.owner));
    jane.process(task, "{\"message\": \"The third\", \"files\": [\"https://a.example/plan\"]}")
        .statusCode(200)
        .body("status", equalTo("in_progress"));
    String told = TestKafka.await(TASK_EVENTS, task, "earnest.task.input_given.v1").value();
    Contracts.assertKept("earnest.task.input_given.v1", told);
    assertThat(told).contains("The third").contains("https://a.example/plan");
  }

  @Test
  void aFailedExecutionSaysWhy() {
    String task = jane.failed();
    jane.show(task)
        .body("status", equalTo("failed"))
        .body("reason", equalTo("No room is free."))
        .body("executions[0].status", equalTo("failed"));
  }

  @Test
  void aTaskOfTheMarketplaceIsReadInThisDoorsWords() {
    String task = jane.market.delivered();
    jane.show(task)
        .body("status", equalTo("in_progress"))
        .body("executions[0].status", equalTo("in_progress"))
        .body("executions[0].artifacts[0].title", equalTo("Source"))
        .body("activities.findAll { it.type == 'status_change' }.to", contains("in_progress"));
    jane.put(task, "{\"title\": \"Other\"}").statusCode(409);
    jane.put(task, "{\"status\": \"completed\"}")
        .statusCode(409)
        .body("code", equalTo("money_held"));
    jane.put(task, "{\"followers\": [\"cto@example.com\"]}").statusCode(200);
    jane.market.show(task).body("task.status", equalTo("DELIVERED"));
  }

  @Test
  void processDoesNotHurryTheMatcher() {
    String task =
        jane.asBoss()
            .body("{\"capability\": \"nobody-can-%s\"}".formatted(UUID.randomUUID()))
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .extract()
            .path("task.id");
    jane.process(task, "{\"message\": \"Go\"}").statusCode(409);
    jane.show(task).body("activities.findAll { it.type == 'message' }", empty());
  }

  @Test
  void aRequestRepeatedWithItsKeyHasOneEffect() {
    String body = "{\"title\": \"Once\", \"assistant\": \"%s\"}".formatted(jane.assistant);
    String task =
        withKey("a").body(body).post("/tasks").then().statusCode(201).extract().path("id");
    withKey("a").body(body).post("/tasks").then().statusCode(201).body("id", equalTo(task));
    withKey("a").body(body.replace("Once", "Twice")).post("/tasks").then().statusCode(422);
    jane.list("").body("pagination.total", equalTo(1));
    withKey("b")
        .body("{\"message\": \"Go\"}")
        .post("/tasks/" + task + "/process")
        .then()
        .statusCode(200);
    withKey("b")
        .body("{\"message\": \"Go\"}")
        .post("/tasks/" + task + "/process")
        .then()
        .statusCode(200);
    jane.show(task).body("activities.findAll { it.type == 'message' }", hasSize(1));
    withKey("c")
        .body("{\"status\": \"like\"}")
        .post("/tasks/" + task + "/feedback")
        .then()
        .statusCode(200);
    withKey("c")
        .body("{\"status\": null}")
        .post("/tasks/" + task + "/feedback")
        .then()
        .statusCode(422);
    withKey("d").body("{\"title\": \"New\"}").put("/tasks/" + task).then().statusCode(200);
    withKey("d").body("{\"title\": \"New\"}").put("/tasks/" + task).then().statusCode(200);
    withKey("d").body("{\"title\": \"Newer\"}").put("/tasks/" + task).then().statusCode(422);
  }

  private RequestSpecification withKey(String key) {
    return jane.asBoss().header("Idempotency-Key", key);
  }

  @Test
  void othersHearOfEachStep() {
    String task = jane.create("\"followers\": [\"cto@example.com\"]");
    jane.process(task, "{\"message\": \"Go\"}").statusCode(200);
    jane.assign(task, "{\"emails\": [\"bob@example.com\"]}").statusCode(200);
    jane.assign(task, "{\"emails\": [\"bob@example.com\"]}").statusCode(200);
    jane.post(task, "stop", "").statusCode(200);
    jane.process(task, "{}").statusCode(200);
    jane.complete(task);
    jane.post(task, "feedback", "{\"status\": \"like\"}").statusCode(200);
    assertTold(
        task,
        "created",
        "assigned",
        "input_given",
        "updated",
        "put_on_hold",
        "resumed",
        "completed",
        "updated");
    String last = TestKafka.records(TASK_EVENTS, task).getLast().value();
    assertThat(last).contains("bob@example.com").contains("cto@example.com");
  }

  private static void assertTold(String task, String... types) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(TestKafka.records(TASK_EVENTS, task))
                .extracting(TestRecord::type)
                .containsExactly(
                    Arrays.stream(types)
                        .map(type -> "earnest.task." + type + ".v1")
                        .toArray(String[]::new)));
    TestKafka.records(TASK_EVENTS, task)
        .forEach(event -> Contracts.assertKept(event.type(), event.value()));
  }
}
