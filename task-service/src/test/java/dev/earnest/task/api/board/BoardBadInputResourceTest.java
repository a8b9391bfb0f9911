package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.Crew.at;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.TaskServiceTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense gets a problem document with the right 4xx, and nothing is written.
@TaskServiceTest
class BoardBadInputResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
        Arguments.of("title", "\"\""),
        Arguments.of("title", "\"  \""),
        Arguments.of("title", "null"),
        Arguments.of("title", "7"),
        Arguments.of("title", "\"nul \\u0000\""),
        Arguments.of("title", "\"" + "x".repeat(201) + "\""),
        Arguments.of("description", "{}"),
        Arguments.of("description", "\"" + "x".repeat(20_001) + "\""),
        Arguments.of("projectId", "null"),
        Arguments.of("projectId", "\"cmproject_abc\""),
        Arguments.of("projectId", "\"" + Crew.NOBODYS_ID + "\""),
        Arguments.of("assignedAgentId", "\"cm_agent_xyz\""),
        Arguments.of("assignedAgentId", "\"" + Crew.NOBODYS_ID + "\""),
        Arguments.of("priority", "\"urgent\""),
        Arguments.of("priority", "\"soon\""),
        Arguments.of("priority", "1"));
  }

  @ParameterizedTest(name = "create: {0} {1}")
  @MethodSource("wrongFields")
  void wrongFieldOfACreation(String field, String value) {
    // Of two members with one name the last counts.
    problem(
            crew.asMember()
                .body(crew.body("\"" + field + "\": " + value))
                .post(crew.tasks())
                .then(),
            400)
        .body("code", equalTo("validation_failed"))
        .body("errors.field", hasItem(field));
    crew.asMember().get(crew.tasks()).then().body("tasks", empty());
  }

  @ParameterizedTest(name = "patch: {0} {1}")
  @MethodSource("wrongFields")
  void wrongFieldOfAChange(String field, String value) {
    String task = crew.todo("\"description\": \"as it was\"");
    Map<String, Object> before = crew.show(task).extract().path("$");
    problem(crew.change(task, "{\"title\": \"Another\", \"%s\": %s}".formatted(field, value)), 400)
        .body("errors.field", hasItem(field));
    assertThat(crew.show(task).extract().<Map<String, Object>>path("$")).isEqualTo(before);
  }

  @Test
  void aProjectOrAnAgentOfAnotherTeam() {
    Crew other = new Crew();
    String task = crew.todo();
    for (String member :
        new String[] {
          "\"projectId\": \"" + other.project + "\"", "\"assignedAgentId\": \"" + other.agent + "\""
        }) {
      problem(crew.asMember().body(crew.body(member)).post(crew.tasks()).then(), 400);
      problem(crew.change(task, "{" + member + "}"), 400);
    }
    problem(
        crew.asMember()
            .body(crew.body().replace(crew.project, other.project))
            .post(other.tasks())
            .then(),
        404);
    crew.show(task).body("projectId", equalTo(crew.project)).body("assignedAgentId", nullValue());
  }

  @ParameterizedTest(name = "read-only {0}")
  @CsvSource({
    "id, '\"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"'",
    "id, null",
    "status, '\"done\"'",
    "status, '\"cancelled\"'",
    "status, null",
    "result, '\"mine\"'",
    "createdAt, '\"2025-01-15T10:00:00Z\"'",
    "createdAt, '\"yesterday\"'",
    "updatedAt, '\"2025-01-15T10:00:00Z\"'",
    "teamId, null",
    "reason, '\"x\"'"
  })
  void aChangedReadOnlyField(String field, String value) {
    String task = crew.todo();
    problem(crew.change(task, "{\"title\": \"Another\", \"%s\": %s}".formatted(field, value)), 400)
        .body("errors.field", hasItem(field));
    crew.show(task).body("title", equalTo("Summarize Q1 reports")).body("status", equalTo("todo"));
  }

  @Test
  void whatGetGaveBackMayBeSentBack() {
    for (String task : new String[] {crew.todo(), crew.kept(), crew.claimed(), crew.done()}) {
      String shown = crew.show(task).extract().asString();
      String answer = crew.change(task, shown).statusCode(200).extract().asString();
      assertThat(answer).isEqualTo(shown);
    }
  }

  @ParameterizedTest(name = "move {0}")
  @ValueSource(
      strings = {
        "{\"status\": \"EXECUTING\"}",
        "{\"status\": \"completed\"}",
        "{\"status\": \"on_hold\"}",
        "{\"status\": \"queued\"}",
        "{\"status\": \"archived\"}",
        "{\"status\": \"\"}",
        "{\"status\": null}",
        "{\"status\": 1}",
        "{}",
        "[]",
        "{",
        ""
      })
  void moveThatMakesNoSense(String body) {
    String task = crew.claimed();
    problem(crew.asMember().body(body).post(at(task) + "/move").then(), 400);
    crew.show(task).body("status", equalTo("in_progress"));
  }

  @ParameterizedTest(name = "complete {0}")
  @ValueSource(
      strings = {
        "{}",
        "{\"result\": null}",
        "{\"result\": {\"a\": 1}}",
        "{\"result\": 1}",
        "{\"result\": \"nul \\u0000\"}",
        "\"text\"",
        "{",
        ""
      })
  void completionThatMakesNoSense(String body) {
    String task = crew.claimed();
    problem(crew.asAgent().body(body).post(at(task) + "/complete").then(), 400);
    crew.show(task).body("status", equalTo("in_progress")).body("result", nullValue());
  }

  @Test
  void aResultThatIsTooLarge() {
    String task = crew.claimed();
    String body = "{\"result\": \"" + "x".repeat(50_001) + "\"}";
    problem(crew.asAgent().body(body).post(at(task) + "/complete").then(), 413);
    crew.show(task).body("status", equalTo("in_progress"));
  }

  @ParameterizedTest(name = "list {0}")
  @ValueSource(
      strings = {
        "status=EXECUTING",
        "status=completed",
        "projectId=cmproject_abc",
        "agentId=x",
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "cursor=forged",
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void listThatMakesNoSense(String query) {
    problem(crew.asMember().get(crew.tasks() + "?" + query).then(), 400);
  }

  @Test
  void aCursorOfAnotherList() {
    crew.newProject("Q2");
    String cursor =
        crew.asMember()
            .get("/api/teams/" + crew.team + "/projects?limit=1")
            .then()
            .statusCode(200)
            .extract()
            .path("nextCursor");
    problem(crew.asMember().get(crew.tasks() + "?cursor=" + cursor).then(), 400)
        .body("code", equalTo("bad_cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", Crew.NOBODYS_ID, "1-1-1-1-1", "%00"})
  void unknownIds(String id) {
    for (String path :
        new String[] {"teams/X", "teams/X/tasks", "tasks/X", "projects/X", "agents/X"}) {
      problem(
          crew.asMember().urlEncodingEnabled(false).get("/api/" + path.replace("X", id)).then(),
          404);
    }
    problem(crew.asAgent().urlEncodingEnabled(false).post(at(id) + "/claim").then(), 404);
  }

  @Test
  void wrongMediaTypeAndNoToken() {
    String task = crew.todo();
    problem(crew.asMember().contentType(ContentType.TEXT).body("x").patch(at(task)).then(), 415);
    problem(given().get(at(task)).then(), 401);
    problem(Crew.bearing("ek_nobody").get(at(task)).then(), 401);
    problem(crew.asMember().delete(at(task)).then(), 405);
  }

  static ValidatableResponse problem(ValidatableResponse answer, int status) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", notNullValue())
        .body("detail", notNullValue())
        .body("success", nullValue());
  }
}
