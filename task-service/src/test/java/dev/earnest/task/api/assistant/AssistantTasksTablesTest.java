package dev.earnest.task.api.assistant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.instanceOf;

import dev.earnest.task.TaskServiceTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The other tables of the document of assistant tasks, row by row: statuses, fields and bodies.
@TaskServiceTest
class AssistantTasksTablesTest {
  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @Test
  void cancelledTasksAreFailedToo() {
    String task = jane.inProgress();
    jane.asBoss().post("/api/v1/tasks/" + task + "/cancel").then().statusCode(200);
    jane.list("?status=failed").body("data.id", contains(task));
    jane.show(task)
        .body("status", equalTo("failed"))
        .body("reason", equalTo("cancelled_by_buyer"))
        .body("executions[0].status", equalTo("stopped"));
  }

  @ParameterizedTest
  @CsvSource({
    "id, String",
    "account, String",
    "title, String",
    "description, String",
    "assistant, String",
    "type, String",
    "status, String",
    "ownerEmail, String",
    "assignedUsers, List",
    "followers, List",
    "skills, List",
    "activities, List",
    "executions, List",
    "createdAt, String",
    "updatedAt, String"
  })
  void field(String name, String type) {
    String task = jane.inProgress("\"type\": \"research\"");
    jane.show(task).body(name, instanceOf(type.equals("List") ? List.class : String.class));
  }

  // The fields of the creation

  @ParameterizedTest
  @CsvSource({
    "description, '\"Find a slot.\"', Find a slot.",
    "type, '\"scheduling\"', scheduling",
    "skills, '[\"calendar\"]', [calendar]",
    "assignedUsers, '[\"bob@example.com\"]', [bob@example.com]",
    "followers, '[\"cto@example.com\"]', [cto@example.com]"
  })
  void optionalFieldOfACreation(String name, String json, String value) {
    String task = jane.create("\"%s\": %s".formatted(name, json));
    jane.show(task).body(name + ".toString()", equalTo(value));
    String without = jane.create("\"%s\": null".formatted(name));
    jane.show(without).body("title", equalTo("Book a room"));
  }

  // The fields that an update may change

  @ParameterizedTest
  @CsvSource({
    "title, '\"Other\"', Other",
    "description, '\"Other\"', Other",
    "type, '\"other\"', other",
    "skills, '[\"other\"]', [other]",
    "followers, '[\"other@example.com\"]', [other@example.com]",
    "status, '\"in_progress\"', in_progress"
  })
  void fieldOfAnUpdate(String name, String json, String value) {
    String task = jane.create("\"type\": \"first\", \"skills\": [\"first\"]");
    jane.put(task, "{\"%s\": %s}".formatted(name, json))
        .statusCode(200)
        .body(name + ".toString()", equalTo(value));
    jane.show(task).body(name + ".toString()", equalTo(value));
  }

  /// What is changed by hand: a status, the status after it, and what the move answers.
  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    "pending, in_progress, 200",
    "pending, completed, 200",
    "pending, failed, 200",
    "pending, on_hold, 409",
    "pending, needs_clarification, 409",
    "in_progress, on_hold, 200",
    "in_progress, completed, 200",
    "in_progress, failed, 200",
    "in_progress, pending, 409",
    "in_progress, needs_clarification, 409",
    "on_hold, in_progress, 200",
    "on_hold, failed, 200",
    "on_hold, completed, 409",
    "on_hold, pending, 409",
    "needs_clarification, on_hold, 200",
    "needs_clarification, failed, 200",
    "needs_clarification, in_progress, 409",
    "needs_clarification, completed, 409",
    "completed, in_progress, 409",
    "completed, failed, 409",
    "failed, pending, 409",
    "failed, completed, 409"
  })
  void statusByHand(String from, String to, int code) {
    String task = jane.inStatus(from);
    jane.put(task, "{\"status\": \"%s\"}".formatted(to)).statusCode(code);
    jane.show(task).body("status", equalTo(code == 200 ? to : from));
  }

  // Assignees, feedback, process

  @ParameterizedTest
  @CsvSource(
      value = {
        "\"like\" | like",
        "\"dislike\" | dislike",
        "\"LIKE\" | like",
        "null | null",
        "\"null\" | null"
      },
      delimiter = '|')
  void feedback(String json, String value) {
    String task = jane.completed();
    jane.post(task, "feedback", "{\"status\": \"dislike\"}").statusCode(200);
    jane.post(task, "feedback", "{\"status\": %s}".formatted(json))
        .statusCode(200)
        .body("feedback", equalTo(value.equals("null") ? null : value))
        .body("activities.last().containsKey('feedback')", equalTo(true))
        .body("activities.last().feedback", equalTo(value.equals("null") ? null : value));
    jane.show(task).body("feedback", equalTo(value.equals("null") ? null : value));
  }

  @Test
  void assigneesAreASet() {
    String task = jane.create("\"assignedUsers\": [\"Old@Example.com\", \"OLD@example.com\"]");
    jane.show(task).body("assignedUsers", contains("old@example.com"));
    jane.assign(task, "{\"emails\": [\"B@x.org\", \"a@x.org\", \"b@X.org\"]}")
        .statusCode(200)
        .body("assignedUsers", contains("b@x.org", "a@x.org"));
    jane.assign(task, "{\"emails\": []}").statusCode(200).body("assignedUsers", empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pending | {\"message\": \"Go\"}",
        "pending | {\"files\": [\"https://a.example/x\", {\"name\": \"b\", \"size\": 1.50}]}",
        "pending | {}",
        "pending | ''",
        "on_hold | {\"message\": \"Go\"}",
        "on_hold | {\"files\": [\"https://a.example/x\"]}",
        "on_hold | {\"message\": \"  \", \"files\": null}",
        "on_hold | ''",
        "needs_clarification | {\"message\": \"The third\"}",
        "needs_clarification | {\"files\": [\"https://a.example/plan\"]}"
      })
  void process(String from, String body) {
    String task = jane.inStatus(from);
    jane.process(task, body).statusCode(200).body("status", equalTo("in_progress"));
    jane.show(task)
        .body("status", equalTo("in_progress"))
        .body("executions", hasSize(1))
        .body("executions[0].status", equalTo("in_progress"))
        .body("activities.type", everyItem(in(List.of("status_change", "message"))));
  }

  @Test
  void filesGoWithTheMessage() {
    String task = jane.create();
    jane.process(
            task,
            """
            {"message": "See these.", "files": ["https://a.example/x", {"name": "b", "size": 1.50}]}
            """)
        .statusCode(200)
        .body("activities.last().message", equalTo("See these."))
        .body("activities.last().files[0]", equalTo("https://a.example/x"))
        .body("activities.last().files[1].name", equalTo("b"))
        .body("activities.last().files[1].size", equalTo(1.50f));
  }

  @Test
  void anUnknownMemberIsIgnored() {
    String task = jane.create("\"colour\": \"green\", \"id\": \"%s\"".formatted(UUID.randomUUID()));
    jane.put(task, "{\"colour\": \"blue\"}").statusCode(200);
    jane.process(task, "{\"colour\": 1}").statusCode(200);
  }
}
