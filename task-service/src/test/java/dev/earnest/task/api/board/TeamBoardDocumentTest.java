package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.Crew.at;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The document of team boards, section by section: each request is sent as the document has it,
/// with our ids in place of its own.
@TaskServiceTest
class TeamBoardDocumentTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  private String created() {
    return create().statusCode(201).extract().path("id");
  }

  private ValidatableResponse create() {
    return crew.asMember()
        .body(
            """
            {
              "title": "Summarize Q1 reports",
              "description": "Read attached reports and produce an executive summary.",
              "projectId": "cmproject_abc",
              "assignedAgentId": "cm_agent_xyz"
            }
            """
                .replace("cmproject_abc", crew.project)
                .replace("cm_agent_xyz", crew.agent))
        .post("/api/teams/" + crew.team + "/tasks")
        .then();
  }

  @Test
  void listTasks() {
    String task = created();
    crew.asMember()
        .get("/api/teams/" + crew.team + "/tasks?status=todo")
        .then()
        .statusCode(200)
        .body("tasks.id", contains(task))
        .body("tasks[0].status", equalTo("todo"))
        .body("$", hasKey("nextCursor"))
        .body("nextCursor", nullValue());
  }

  @Test
  void createTask() {
    create()
        .statusCode(201)
        .body("id", matchesPattern(UUID))
        .body("title", equalTo("Summarize Q1 reports"))
        .body("description", equalTo("Read attached reports and produce an executive summary."))
        .body("status", equalTo("todo"))
        .body("priority", equalTo("normal"))
        .body("projectId", equalTo(crew.project))
        .body("assignedAgentId", equalTo(crew.agent))
        .body("result", nullValue());
  }

  @Test
  void getTask() {
    String task = crew.todo("\"description\": \"Read attached reports...\"");
    Map<String, Object> shown =
        crew.asMember()
            .get("/api/tasks/" + task)
            .then()
            .statusCode(200)
            .contentType("application/json")
            .body("createdAt", matchesPattern(TIME))
            .body("updatedAt", matchesPattern(TIME))
            .extract()
            .path("$");
    assertThat(shown)
        .containsEntry("id", task)
        .containsEntry("title", "Summarize Q1 reports")
        .containsEntry("description", "Read attached reports...")
        .containsEntry("status", "todo")
        .containsEntry("priority", "normal")
        .containsEntry("assignedAgentId", null)
        .containsEntry("projectId", crew.project)
        .containsEntry("result", null);
  }

  @Test
  void updateTask() {
    String task = created();
    crew.asMember()
        .body("{\"description\": \"Updated instructions...\"}")
        .patch("/api/tasks/" + task)
        .then()
        .statusCode(200)
        .body("id", equalTo(task))
        .body("description", equalTo("Updated instructions..."))
        .body("title", equalTo("Summarize Q1 reports"))
        .body("assignedAgentId", equalTo(crew.agent));
    crew.show(task).body("description", equalTo("Updated instructions..."));
    told(task, "earnest.task.updated.v1");
  }

  @Test
  void claimTask() throws Exception {
    String task = crew.todo();
    HttpRequest claim =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + at(task) + "/claim"))
            .header("Authorization", "Bearer " + crew.token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(claim, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JsonPath.from(answer.body()).getString("status")).isEqualTo("in_progress");
      assertThat(JsonPath.from(answer.body()).getString("assignedAgentId")).isEqualTo(crew.agent);
    }
    given()
        .header("Authorization", "Bearer " + crew.token)
        .contentType("application/x-www-form-urlencoded")
        .post("/api/tasks/" + task + "/claim")
        .then()
        .statusCode(409);
    crew.claim(task)
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("not_claimable"))
        .body("state", equalTo("EXECUTING"));
  }

  @Test
  void completeTask() {
    String task = created();
    crew.claim(task).statusCode(200);
    crew.asAgent()
        .body("{\"result\": \"Executive summary: Q1 revenue grew 15%...\"}")
        .post("/api/tasks/" + task + "/complete")
        .then()
        .statusCode(200)
        .body("status", equalTo("done"))
        .body("result", equalTo("Executive summary: Q1 revenue grew 15%..."));
    crew.show(task)
        .body("status", equalTo("done"))
        .body("result", equalTo("Executive summary: Q1 revenue grew 15%..."))
        .body("assignedAgentId", equalTo(crew.agent));
    String told = told(task, "earnest.task.completed.v1");
    assertThat(told).contains("Q1 revenue grew 15%").contains(crew.team);
  }

  @Test
  void moveTaskStatus() {
    String task = created();
    crew.asMember()
        .body("{\"status\": \"cancelled\"}")
        .post("/api/tasks/" + task + "/move")
        .then()
        .statusCode(200)
        .body("id", equalTo(task))
        .body("status", equalTo("cancelled"));
    crew.show(task).body("status", equalTo("cancelled"));
    told(task, "earnest.task.cancelled.v1");
  }

  @Test
  void theOpenApiDocumentShowsTheDoorAndItsExamples() {
    var document =
        given().accept("application/json").get("/q/openapi?format=json").then().statusCode(200);
    for (String path :
        List.of(
            "/api/teams/{teamId}/tasks",
            "/api/teams/{teamId}/members",
            "/api/teams/{teamId}/projects",
            "/api/teams/{teamId}/agents",
            "/api/teams",
            "/api/tasks/{taskId}",
            "/api/projects/{projectId}",
            "/api/agents/{agentId}")) {
      document.body("paths.'" + path + "'.get.tags", hasItem("Team board"));
    }
    document
        .body(
            "paths.'/api/teams/{teamId}/tasks'.post.requestBody.content.'application/json'"
                + ".examples.create.value.title",
            equalTo("Summarize Q1 reports"))
        .body(
            "paths.'/api/tasks/{taskId}'.patch.requestBody.content.'application/json'"
                + ".examples.update.value.description",
            equalTo("Updated instructions..."));
  }

  private static String told(String task, String type) {
    String event = TestKafka.await("task.events", task, type).value();
    Contracts.assertKept(type, event);
    return event;
  }

  @Test
  void anAgentsTokenWorksInTheOtherHeaderToo() {
    String task = crew.todo();
    given()
        .header("x-api-key", crew.token)
        .get(at(task))
        .then()
        .statusCode(200)
        .body("id", equalTo(task));
  }
}
