package dev.earnest.task.api.assistant;

import static dev.earnest.task.Market.as;
import static dev.earnest.task.api.assistant.Secretary.problem;
import static dev.earnest.task.api.assistant.Secretary.texts;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Tokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense at the door of assistants gets a problem document with the right 4xx, and
/// nothing changes.
@TaskServiceTest
class AssistantBadInputResourceTest {
  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  static Stream<Arguments> wrongMembers() {
    return Stream.of(
        Arguments.of("\"title\": \"\"", "title"),
        Arguments.of("\"title\": \"  \"", "title"),
        Arguments.of("\"title\": null", "title"),
        Arguments.of("\"title\": 7", "title"),
        Arguments.of("\"title\": \"" + "x".repeat(201) + "\"", "title"),
        Arguments.of("\"title\": \"nul \\u0000\"", "title"),
        Arguments.of("\"description\": {}", "description"),
        Arguments.of("\"description\": \"" + "x".repeat(20_001) + "\"", "description"),
        Arguments.of("\"type\": \"\"", "type"),
        Arguments.of("\"type\": [\"a\"]", "type"),
        Arguments.of("\"type\": \"" + "x".repeat(101) + "\"", "type"),
        Arguments.of("\"skills\": \"calendar\"", "skills"),
        Arguments.of("\"skills\": [\"\"]", "skills"),
        Arguments.of("\"skills\": [null]", "skills"),
        Arguments.of("\"skills\": [1]", "skills"),
        Arguments.of("\"skills\": " + texts(51, "a"), "skills"),
        Arguments.of("\"followers\": \"a@example.com\"", "followers"),
        Arguments.of("\"followers\": [\"nobody\"]", "followers"),
        Arguments.of("\"followers\": [\"a@b@c\"]", "followers"),
        Arguments.of("\"followers\": [\"@example.com\"]", "followers"),
        Arguments.of("\"followers\": [\"a b@example.com\"]", "followers"),
        Arguments.of("\"followers\": [\"a@example.com, b@example.com\"]", "followers"),
        Arguments.of("\"followers\": [null]", "followers"),
        Arguments.of("\"followers\": [\"" + "x".repeat(250) + "@a.org\"]", "followers"),
        Arguments.of("\"followers\": " + texts(101, "a@example.com"), "followers"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongMembers")
  void memberThatMakesNoSense(String member, String field) {
    refusedCreation(
            "{\"title\": \"Book\", \"assistant\": \"%s\", %s}".formatted(jane.assistant, member))
        .body("code", equalTo("validation_failed"))
        .body("errors[0].field", startsWith(field));
    String task = jane.create("\"type\": \"first\"");
    String before = jane.text(task);
    problem(jane.put(task, "{" + member + "}"), 400)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].field", startsWith(field));
    assertThat(jane.text(task)).isEqualTo(before);
  }

  @ParameterizedTest(name = "assistant {0}")
  @ValueSource(
      strings = {
        "null",
        "\"asst_abc123\"",
        "7",
        "\"\"",
        "\"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\""
      })
  void assistantThatIsNone(String assistant) {
    refusedCreation("{\"title\": \"Book\", \"assistant\": %s}".formatted(assistant))
        .body("errors[0].field", equalTo("assistant"));
  }

  @Test
  void creationWithoutWhatIsRequired() {
    refusedCreation("{\"assistant\": \"%s\"}".formatted(jane.assistant))
        .body("errors[0].field", equalTo("title"));
    refusedCreation("{\"title\": \"Book\"}").body("errors[0].field", equalTo("assistant"));
    refusedCreation(
            "{\"title\": \"Book\", \"assistant\": \"%s\", \"assignedUsers\": [\"nobody\"]}"
                .formatted(jane.assistant))
        .body("errors[0].field", startsWith("assignedUsers"));
  }

  @ParameterizedTest(name = "body {0}")
  @ValueSource(strings = {"{", "", "[]", "\"text\"", "null", "7", "{\"title\": \"a\"} {}"})
  void malformedBody(String body) {
    String task = jane.create();
    String before = jane.text(task);
    problem(send(body).post("/tasks").then(), 400);
    problem(send(body).put("/tasks/" + task).then(), 400);
    problem(send(body).put("/tasks/" + task + "/assignees").then(), 400);
    problem(send(body).post("/tasks/" + task + "/feedback").then(), 400);
    if (!body.isEmpty() && !body.equals("null")) {
      problem(send(body).post("/tasks/" + task + "/process").then(), 400);
    }
    assertThat(jane.text(task)).isEqualTo(before);
    jane.list("").body("pagination.total", equalTo(1));
  }

  private RequestSpecification send(String body) {
    return body.isEmpty() ? jane.asBoss() : jane.asBoss().body(body);
  }

  @Test
  void wrongMediaTypeMethodAndSize() {
    String task = jane.create();
    String token = "Bearer " + Tokens.of(jane.boss, "buyer");
    problem(
        given()
            .header("Authorization", token)
            .contentType("text/plain")
            .body("x")
            .post("/tasks")
            .then(),
        415);
    problem(jane.asBoss().delete("/tasks").then(), 405);
    problem(jane.asBoss().body("{}").post("/tasks/" + task + "/nothing").then(), 404);
    problem(jane.process(task, "{\"message\": \"" + "x".repeat(1_100_000) + "\"}"), 413);
    jane.show(task).body("status", equalTo("pending"));
  }

  @ParameterizedTest
  @CsvSource({
    "status=todo, status",
    "status=EXECUTING, status",
    "status=cancelled, status",
    "'status=pending,', status",
    "mine=yes, mine",
    "page=0, page",
    "page=-1, page",
    "page=one, page",
    "page=1.5, page",
    "page=2147483648, page",
    "perPage=0, perPage",
    "perPage=-1, perPage",
    "perPage=101, perPage",
    "perPage=10000, perPage"
  })
  void listThatMakesNoSense(String query, String field) {
    problem(jane.list("?" + query), 400).body("errors[0].field", equalTo(field));
  }

  @Test
  void searchThatIsTooLongOrNoText() {
    problem(jane.list("?search=" + "x".repeat(201)), 400)
        .body("errors[0].field", equalTo("search"));
    problem(jane.asBoss().urlEncodingEnabled(false).get("/tasks?search=%00").then(), 400);
    problem(jane.asBoss().urlEncodingEnabled(false).get("/tasks?type=%00").then(), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "task_def456",
        "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69",
        "1-1-1-1-1",
        "%00"
      })
  void unknownTask(String id) {
    var request = jane.asBoss().urlEncodingEnabled(false);
    problem(request.get("/tasks/" + id).then(), 404);
    problem(jane.asBoss().urlEncodingEnabled(false).delete("/tasks/" + id).then(), 404);
    problem(jane.asBoss().urlEncodingEnabled(false).body("{}").put("/tasks/" + id).then(), 404);
    problem(jane.asBoss().urlEncodingEnabled(false).post("/tasks/" + id + "/stop").then(), 404);
    problem(
        jane.asBoss().urlEncodingEnabled(false).body("{}").post("/tasks/" + id + "/process").then(),
        404);
  }

  @Test
  void noTokenAndWrongRole() {
    problem(given().get("/tasks").then(), 401);
    problem(given().get("/tasks/" + UUID.randomUUID()).then(), 401);
    problem(
        as(jane.boss, "agent")
            .body("{\"title\": \"Book\", \"assistant\": \"%s\"}".formatted(jane.assistant))
            .post("/tasks")
            .then(),
        403);
    jane.list("").body("pagination.total", equalTo(0));
  }

  private ValidatableResponse refusedCreation(String body) {
    ValidatableResponse answer = problem(jane.asBoss().body(body).post("/tasks").then(), 400);
    jane.list("").statusCode(200).body("pagination.total", equalTo(0));
    return answer;
  }
}
