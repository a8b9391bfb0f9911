package dev.earnest.task.api.assistant;

import static dev.earnest.task.api.assistant.Secretary.problem;
import static dev.earnest.task.api.assistant.Secretary.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.TaskServiceTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense to do with a task gets a problem document with the right 4xx, and the task
/// stays as it was.
@TaskServiceTest
class AssistantBadChangesResourceTest {
  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @ParameterizedTest
  @CsvSource({
    "id, '\"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"'",
    "account, '\"somebody\"'",
    "assistant, '\"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"'",
    "assistant, null",
    "ownerEmail, '\"eve@example.com\"'",
    "assignedUsers, '[\"eve@example.com\"]'",
    "feedback, '\"like\"'",
    "activities, '[{\"type\": \"message\"}]'",
    "activities, null",
    "executions, '[]'",
    "executions, '{}'",
    "createdAt, '\"2020-01-01T00:00:00.000Z\"'",
    "updatedAt, '\"2020-01-01T00:00:00.000Z\"'",
    "updatedAt, 7"
  })
  void changedReadOnlyMember(String name, String json) {
    String task = jane.inProgress();
    String before = jane.text(task);
    problem(jane.put(task, "{\"title\": \"Other\", \"%s\": %s}".formatted(name, json)), 400)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].field", equalTo(name));
    assertThat(jane.text(task)).isEqualTo(before);
  }

  @Test
  void whatWasReadIsTakenBack() {
    String task = jane.inProgress("\"type\": \"research\"", "\"followers\": [\"cto@example.com\"]");
    jane.post(task, "feedback", "{\"status\": \"like\"}").statusCode(200);
    jane.post(task, "stop", "").statusCode(200);
    jane.process(task, "{\"message\": \"On\", \"files\": [\"a\", {\"n\": 1.50}]}").statusCode(200);
    String read = jane.text(task);
    jane.put(task, read).statusCode(200);
    assertThat(jane.text(task)).as("nothing changed, nothing is told").isEqualTo(read);
    jane.put(task, read.replace("Book a room", "Book a hall"))
        .statusCode(200)
        .body("title", equalTo("Book a hall"))
        .body("status", equalTo("in_progress"));
    String done = jane.completed();
    jane.put(done, jane.text(done)).statusCode(200).body("status", equalTo("completed"));
  }

  /// Some readers of JSON write 1.0 as 1, and 1.50 as 1.5.
  @Test
  void aNumberMayBeWrittenInAnotherWay() {
    String task = jane.create();
    jane.process(task, "{\"files\": [{\"pages\": 1.0, \"size\": 1.50}]}").statusCode(200);
    String read = jane.text(task);
    assertThat(read).contains("{\"pages\":1.0,\"size\":1.50}");
    jane.put(task, read.replace("{\"pages\":1.0,\"size\":1.50}", "{\"pages\":1,\"size\":1.5}"))
        .statusCode(200);
    problem(
        jane.put(task, read.replace("{\"pages\":1.0,\"size\":1.50}", "{\"pages\":2,\"size\":1.5}")),
        400);
    assertThat(jane.text(task)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"todo\"", "\"EXECUTING\"", "\"done\"", "\"\"", "null", "7", "[]"})
  void updateToAStatusThatIsNone(String status) {
    String task = jane.create();
    problem(jane.put(task, "{\"title\": \"Other\", \"status\": %s}".formatted(status)), 400)
        .body("errors[0].field", equalTo("status"));
    jane.show(task).body("title", equalTo("Book a room")).body("status", equalTo("pending"));
  }

  /// A part of an update is no update.
  @Test
  void updateIsAllOrNothing() {
    String task = jane.create();
    problem(
        jane.put(
            task, "{\"title\": \"Other\", \"followers\": [\"a@b.c\"], \"status\": \"on_hold\"}"),
        409);
    jane.show(task)
        .body("title", equalTo("Book a room"))
        .body("followers", equalTo(List.of()))
        .body("activities", equalTo(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\": \"love\"}",
        "{\"status\": 1}",
        "{\"status\": \"\"}",
        "{\"status\": {}}",
        "{\"feedback\": \"like\"}"
      })
  void feedbackThatIsNone(String body) {
    String task = jane.completed();
    jane.post(task, "feedback", "{\"status\": \"like\"}").statusCode(200);
    String before = jane.text(task);
    problem(jane.post(task, "feedback", body), 400).body("errors[0].field", equalTo("status"));
    assertThat(jane.text(task)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"emails\": null}",
        "{\"emails\": \"a@b.c\"}",
        "{\"emails\": [\"nobody\"]}",
        "{\"emails\": [null]}",
        "{\"emails\": [7]}"
      })
  void assigneesThatAreNone(String body) {
    String task = jane.create("\"assignedUsers\": [\"a@example.com\"]");
    problem(jane.assign(task, body), 400).body("errors[0].field", startsWith("emails"));
    jane.show(task).body("assignedUsers", equalTo(List.of("a@example.com")));
  }

  static Stream<Arguments> wrongInstructions() {
    return Stream.of(
        Arguments.of("{\"message\": \"" + "x".repeat(10_001) + "\"}", "message"),
        Arguments.of("{\"message\": 7}", "message"),
        Arguments.of("{\"message\": \"\\u0000\"}", "message"),
        Arguments.of("{\"files\": \"a\"}", "files"),
        Arguments.of("{\"files\": {}}", "files"),
        Arguments.of("{\"files\": [1]}", "files"),
        Arguments.of("{\"files\": [null]}", "files"),
        Arguments.of("{\"files\": [[]]}", "files"),
        Arguments.of("{\"files\": [\"\\u0000\"]}", "files"),
        Arguments.of("{\"files\": " + texts(51, "a") + "}", "files"),
        Arguments.of("{\"files\": [\"" + "x".repeat(20_000) + "\"]}", "files"),
        Arguments.of("{\"files\": [{\"n\": 1e999}]}", "files"));
  }

  @ParameterizedTest
  @MethodSource("wrongInstructions")
  void instructionsThatMakeNoSense(String body, String field) {
    String task = jane.create();
    problem(jane.process(task, body), 400).body("errors[0].field", startsWith(field));
    jane.show(task).body("status", equalTo("pending")).body("activities", equalTo(List.of()));
  }

  @Test
  void longestInstructionsAreTaken() {
    String task = jane.create();
    jane.process(
            task,
            "{\"message\": \"%s\", \"files\": [\"%s\"]}"
                .formatted("x".repeat(10_000), "y".repeat(19_996)))
        .statusCode(200);
  }

  @Test
  void processInProgressSaysWhatToDo() {
    String task = jane.inProgress();
    String before = jane.text(task);
    problem(jane.process(task, "{\"message\": \"Hurry\"}"), 409)
        .body("code", equalTo("in_progress"))
        .body("state", equalTo("EXECUTING"))
        .body("detail", containsString("stop it first"));
    assertThat(jane.text(task)).isEqualTo(before);
  }

  @Test
  void aQuestionWantsAnAnswer() {
    String task = jane.asking();
    problem(jane.process(task, "{\"message\": \" \"}"), 400)
        .body("errors[0].field", equalTo("message"));
    problem(jane.process(task, ""), 400);
    jane.show(task).body("status", equalTo("needs_clarification"));
  }

  @ParameterizedTest
  @CsvSource({
    "completed, process",
    "completed, stop",
    "failed, process",
    "failed, stop",
    "pending, stop",
    "on_hold, stop"
  })
  void whatTheStateDoesNotAllow(String status, String what) {
    String task =
        switch (status) {
          case "completed" -> jane.completed();
          case "failed" -> jane.failed();
          case "on_hold" -> jane.onHold();
          default -> jane.create();
        };
    String before = jane.text(task);
    problem(jane.post(task, what, what.equals("process") ? "{\"message\": \"Go\"}" : ""), 409)
        .body("code", equalTo("illegal_state"));
    assertThat(jane.text(task)).isEqualTo(before);
  }
}
