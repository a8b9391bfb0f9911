package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.Crew.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.TaskServiceTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row of the document's tables of parameters and fields, and every word for a state.
@TaskServiceTest
class TeamBoardTablesTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  private ValidatableResponse list(String query) {
    return crew.asMember().get(crew.tasks() + query).then();
  }

  // Query parameters

  @ParameterizedTest
  @ValueSource(strings = {"todo", "in_progress", "done", "cancelled", "IN_PROGRESS"})
  void status(String status) {
    String todo = crew.todo();
    String claimed = crew.claimed();
    String done = crew.done();
    String cancelled = crew.todo();
    crew.move(crew.asMember(), cancelled, "cancelled").statusCode(200);
    String expected =
        switch (status) {
          case "todo" -> todo;
          case "done" -> done;
          case "cancelled" -> cancelled;
          default -> claimed;
        };
    list("?status=" + status).statusCode(200).body("tasks.id", contains(expected));
  }

  @Test
  void projectId() {
    crew.todo();
    String other = crew.newProject("Q2");
    String task = crew.todo("\"projectId\": \"" + other + "\"");
    list("?projectId=" + other).statusCode(200).body("tasks.id", contains(task));
    list("?projectId=" + Crew.NOBODYS_ID).statusCode(200).body("tasks", empty());
  }

  @Test
  void agentId() {
    crew.todo();
    String kept = crew.kept();
    String claimed = crew.claimed();
    list("?agentId=" + crew.agent).statusCode(200).body("tasks.id", contains(claimed, kept));
    list("?agentId=" + crew.agent + "&status=todo").body("tasks.id", contains(kept));
    list("?agentId=" + Crew.NOBODYS_ID).statusCode(200).body("tasks", empty());
  }

  @Test
  void limitIsFiftyUnlessSaidAndAHundredAtMost() {
    for (int i = 0; i < 51; i++) {
      crew.todo();
    }
    list("").statusCode(200).body("tasks", hasSize(50)).body("nextCursor", notNullValue());
    list("?limit=100").statusCode(200).body("tasks", hasSize(51)).body("nextCursor", nullValue());
    list("?limit=1").statusCode(200).body("tasks", hasSize(1));
    list("?limit=101").statusCode(400);
  }

  @Test
  void cursorLeadsThroughAllTasksNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(crew.todo());
    }
    List<String> read = new ArrayList<>();
    String query = "?limit=2";
    while (query != null) {
      var page = list(query).statusCode(200).extract();
      read.addAll(page.<List<String>>path("tasks.id"));
      String next = page.path("nextCursor");
      query = next == null ? null : "?limit=2&cursor=" + next;
    }
    assertThat(read).containsExactlyElementsOf(made);
  }

  @Test
  void aListShowsResults() {
    crew.done();
    crew.todo();
    list("").body("tasks.result", contains(null, "done"));
  }

  // Fields of a creation

  @Test
  void titleAndProjectAreEnough() {
    String task = crew.todo();
    crew.show(task)
        .body("title", equalTo("Summarize Q1 reports"))
        .body("description", nullValue())
        .body("projectId", equalTo(crew.project))
        .body("assignedAgentId", nullValue())
        .body("priority", equalTo("normal"))
        .body("teamId", equalTo(crew.team));
  }

  @ParameterizedTest
  @CsvSource({"low, low", "normal, normal", "high, high", "HIGH, high"})
  void priority(String sent, String shown) {
    String task = crew.todo("\"priority\": \"" + sent + "\"");
    crew.show(task).body("priority", equalTo(shown));
  }

  @Test
  void assignedAgentIdReserves() {
    String task = crew.kept();
    crew.show(task).body("status", equalTo("todo")).body("assignedAgentId", equalTo(crew.agent));
    String other = crew.newAgent("Bob").extract().path("token");
    Crew.bearing(other)
        .post(at(task) + "/claim")
        .then()
        .statusCode(409)
        .body("code", equalTo("not_claimable"));
    crew.claim(task).statusCode(200).body("status", equalTo("in_progress"));
  }

  // Writable fields

  @ParameterizedTest
  @CsvSource({
    "title, Another",
    "description, More",
    "priority, high",
    "priority, low",
  })
  void writableText(String field, String value) {
    String task = crew.todo();
    crew.change(task, "{\"%s\": \"%s\"}".formatted(field, value))
        .statusCode(200)
        .body(field, equalTo(value));
    crew.show(task).body(field, equalTo(value)).body("status", equalTo("todo"));
  }

  @Test
  void writableProjectAndAgent() {
    String task = crew.todo();
    String other = crew.newProject("Q2");
    crew.change(task, "{\"projectId\": \"" + other + "\"}").body("projectId", equalTo(other));
    crew.change(task, "{\"assignedAgentId\": \"" + crew.agent + "\"}")
        .statusCode(200)
        .body("assignedAgentId", equalTo(crew.agent))
        .body("status", equalTo("todo"));
    crew.change(task, "{\"assignedAgentId\": null}")
        .statusCode(200)
        .body("assignedAgentId", nullValue());
  }

  @Test
  void nullTakesAnOptionalFieldAway() {
    String task = crew.todo("\"description\": \"x\"", "\"priority\": \"high\"");
    crew.change(task, "{\"description\": null, \"priority\": null}")
        .statusCode(200)
        .body("description", nullValue())
        .body("priority", equalTo("normal"));
  }
}
