package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.BoardBadInputResourceTest.problem;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.task.TaskServiceTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Teams, members, projects and agents that make no sense.
@TaskServiceTest
class TeamsBadInputResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/api/teams, {}, 400",
    "/api/teams, '{\"name\": \" \"}', 400",
    "/api/teams, '{\"name\": 1}', 400",
    "/api/teams/T/members, {}, 400",
    "/api/teams/T/members, '{\"account\": \"\"}', 400",
    "/api/teams/T/members, '{\"account\": \"a\", \"role\": \"king\"}', 400",
    "/api/teams/T/projects, '{\"name\": \"\"}', 400",
    "/api/teams/T/agents, '{\"name\": \"\"}', 400",
    "/api/teams/T/agents, '{\"name\": \"a\", \"maxConcurrent\": 0}', 400",
    "/api/teams/T/agents, '{\"name\": \"a\", \"skills\": \"x\"}', 400",
    "/api/teams/T/agents, '{\"name\": \"a\", \"webhookSecret\": \"short\"}', 400",
    "/api/teams/T/agents, '{\"name\": \"a\", \"webhookUrl\": \"https://10.0.0.1/\"}', 422"
  })
  void teamThingsThatMakeNoSense(String path, String body, int status) {
    problem(crew.asOwner().body(body).post(path.replace("T", crew.team)).then(), status);
  }

  @ParameterizedTest(name = "the text <{0}>")
  @ValueSource(strings = {"", "Crew", "{\"name\": \"Crew\"}"})
  void plainTextIsNoTeam(String text) {
    RequestSpecification request = crew.asOwner().contentType("text/plain");
    problem((text.isEmpty() ? request : request.body(text)).post("/api/teams").then(), 415);
  }

  @ParameterizedTest(name = "agent {0}")
  @CsvSource({
    "'{\"name\": null}', 400",
    "'{\"status\": \"error\"}', 400",
    "'{\"status\": \"asleep\"}', 400",
    "'{\"maxConcurrent\": 1.5}', 400",
    "'{\"webhookUrl\": \"ftp://a.example\"}', 422",
    "[], 400"
  })
  void agentChangesThatMakeNoSense(String body, int status) {
    problem(crew.asMember().body(body).patch("/api/agents/" + crew.agent).then(), status);
    crew.asMember()
        .get("/api/agents/" + crew.agent)
        .then()
        .body("name", equalTo("Ada"))
        .body("status", equalTo("active"));
  }
}
