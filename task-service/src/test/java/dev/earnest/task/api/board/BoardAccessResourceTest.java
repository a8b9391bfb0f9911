package dev.earnest.task.api.board;

import static dev.earnest.task.Market.as;
import static dev.earnest.task.api.board.Crew.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what on a board: the team's owner, a member, a team API key, the team's agent with its
/// own token, another team's agent, somebody else.
@TaskServiceTest
class BoardAccessResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  @ParameterizedTest(
      name = "{0}: owner {1}, member {2}, key {3}, agent {4}, other agent {5}, stranger {6}")
  @CsvSource({
    "show team,      200, 200, 200, 200, 404, 404",
    "list members,   200, 200, 200, 200, 404, 404",
    "add member,     201, 403, 403, 403, 404, 404",
    "remove member,  204, 403, 403, 403, 404, 404",
    "list projects,  200, 200, 200, 200, 404, 404",
    "make project,   201, 201, 201, 403, 404, 404",
    "show project,   200, 200, 200, 200, 404, 404",
    "list agents,    200, 200, 200, 200, 404, 404",
    "make agent,     201, 201, 201, 403, 404, 404",
    "show agent,     200, 200, 200, 200, 404, 404",
    "change agent,   200, 200, 200, 403, 404, 404",
    "rotate token,   200, 200, 403, 403, 404, 404",
    "list tasks,     200, 200, 200, 200, 404, 404",
    "make task,      201, 201, 201, 403, 404, 404",
    "show task,      200, 200, 200, 200, 404, 404",
    "change task,    200, 200, 200, 403, 404, 404",
    "claim task,     403, 403, 200, 200, 404, 404",
    "complete task,  200, 200, 200, 200, 404, 404",
    "move task,      200, 200, 200, 200, 404, 404"
  })
  void whoMayDoWhat(
      String what, int owner, int member, int key, int agent, int otherAgent, int stranger) {
    Crew other = new Crew();
    // Whoever may not goes first, so that there is something left to do.
    check(what, "stranger", Crew.asStranger(), stranger);
    check(what, "another team's agent", other.asAgent(), otherAgent);
    check(what, "agent", crew.asAgent(), agent);
    check(what, "team key", Crew.bearing(crew.teamKey()), key);
    check(what, "member", crew.asMember(), member);
    check(what, "owner", crew.asOwner(), owner);
  }

  private void check(String what, String who, RequestSpecification by, int status) {
    assertThat(send(what, by).statusCode()).as(what + " by " + who).isEqualTo(status);
  }

  private Response send(String what, RequestSpecification by) {
    String team = "/api/teams/" + crew.team;
    String agent = "/api/agents/" + crew.agent;
    return switch (what) {
      case "show team" -> by.get(team);
      case "list members" -> by.get(team + "/members");
      case "add member" -> by.body("{\"account\": \"new\"}").post(team + "/members");
      case "remove member" -> by.delete(team + "/members/" + third());
      case "list projects" -> by.get(team + "/projects");
      case "make project" -> by.body("{\"name\": \"Q3\"}").post(team + "/projects");
      case "show project" -> by.get("/api/projects/" + crew.project);
      case "list agents" -> by.get(team + "/agents");
      case "make agent" -> by.body("{\"name\": \"Eve\"}").post(team + "/agents");
      case "show agent" -> by.get(agent);
      case "change agent" -> by.body("{\"name\": \"Grace\"}").patch(agent);
      case "rotate token" -> by.post(agent + "/rotate-token");
      case "list tasks" -> by.get(team + "/tasks");
      case "make task" -> by.body(crew.body()).post(team + "/tasks");
      case "show task" -> by.get(at(crew.todo()));
      case "change task" -> by.body("{\"title\": \"Another\"}").patch(at(crew.todo()));
      case "claim task" -> claim(by);
      case "complete task" -> by.body("{\"result\": \"r\"}").post(at(crew.claimed()) + "/complete");
      case "move task" -> by.body("{\"status\": \"cancelled\"}").post(at(crew.todo()) + "/move");
      default -> throw new IllegalArgumentException(what);
    };
  }

  private String third() {
    String account = "third-" + crew.team;
    crew.asOwner()
        .body("{\"account\": \"" + account + "\"}")
        .post("/api/teams/" + crew.team + "/members")
        .then()
        .statusCode(201);
    return account;
  }

  private Response claim(RequestSpecification by) {
    return by.body("{\"agentId\": \"" + crew.agent + "\"}").post(at(crew.todo()) + "/claim");
  }

  @Test
  void whoeverLeavesSeesNothingOfTheTeamAnyMore() {
    String agentOfMember =
        crew.asMember()
            .body("{\"name\": \"Mine\"}")
            .post("/api/teams/" + crew.team + "/agents")
            .then()
            .statusCode(201)
            .extract()
            .path("token");
    String task =
        crew.asOwner()
            .body(crew.body())
            .post(crew.tasks())
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    Crew.bearing(agentOfMember).post(at(task) + "/claim").then().statusCode(200);
    crew.asMember()
        .delete("/api/teams/" + crew.team + "/members/" + crew.member)
        .then()
        .statusCode(204);
    crew.asMember().get(at(task)).then().statusCode(404);
    crew.asMember().get(crew.tasks()).then().statusCode(404);
    crew.asMember().get("/api/teams").then().body("teams", empty());
    as(crew.member, "agent")
        .body("{\"result\": \"x\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(404);
    // The agent is the team's, whoever made it.
    Crew.bearing(agentOfMember)
        .body("{\"result\": \"still here\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(200);
  }

  @Test
  void anAgentsTokenDoesNothingElseForTheAccountThatMadeIt() {
    Market market = new Market();
    String own =
        as(crew.owner, "buyer")
            .body(market.brief("50.00"))
            .post("/api/v1/tasks")
            .then()
            .statusCode(201)
            .extract()
            .path("task.id");
    for (String key : new String[] {crew.token, crew.teamKey()}) {
      Crew.bearing(key).get(at(own)).then().statusCode(404);
      crew.move(Crew.bearing(key), own, "cancelled").statusCode(404);
      Crew.bearing(key).post("/api/v1/tasks/" + own + "/cancel").then().statusCode(404);
      Crew.bearing(key).body(market.brief("50.00")).post("/api/v1/tasks").then().statusCode(403);
      Crew.bearing(key)
          .body("{\"name\": \"x\", \"description\": \"x\", \"categories\": [\"CODING\"]}")
          .post("/api/v1/agents")
          .then()
          .statusCode(403);
      Crew.bearing(key).body("{\"name\": \"x\"}").post("/api/teams").then().statusCode(403);
    }
    String mine =
        crew.asOwner()
            .body(crew.body())
            .post(crew.tasks())
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    crew.asAgent().post("/api/v1/tasks/" + mine + "/cancel").then().statusCode(403);
    crew.show(mine).body("status", equalTo("todo"));
  }

  @Test
  void anAgentsTokenDoesNotActForTheTeamsOtherAgents() {
    String task = crew.claimed();
    String other = crew.newAgent("Bob").extract().path("token");
    Crew.bearing(other)
        .body("{\"result\": \"stolen\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(403);
    Crew.bearing(other)
        .body("{\"agentId\": \"" + crew.agent + "\"}")
        .post(at(crew.todo()) + "/claim")
        .then()
        .statusCode(403);
    crew.show(task).body("status", equalTo("in_progress"));
  }

  @Test
  void aTeamsAgentsAreThereForItsMembersOnly() {
    Market market = new Market();
    market
        .asBuyer()
        .body(market.brief("50.00").replace(market.agent, crew.agent))
        .post("/api/v1/tasks")
        .then()
        .statusCode(400);
    market.asBuyer().get("/api/v1/agents/" + crew.agent).then().statusCode(404);
    crew.asMember().get("/api/v1/agents/" + crew.agent).then().statusCode(200);
    crew.asMember().get("/api/agents/" + market.agent).then().statusCode(404);
    String task = crew.claimed();
    crew.asMember()
        .body("{\"new_agent_id\": \"" + market.agent + "\"}")
        .post("/api/v1/tasks/" + task + "/reassign")
        .then()
        .statusCode(400);
  }

  @Test
  void aMarketplaceAgentDoesNotClaimOnABoardNorATeamsAgentElsewhere() {
    String skill = "only-" + System.nanoTime();
    Market market = new Market(10, skill);
    String task = crew.todo();
    market.asOwner().post(at(task) + "/claim").then().statusCode(404);
    market.asOwner().get(at(task)).then().statusCode(404);
    String open = market.openFree(skill);
    crew.claim(open).statusCode(404);
    market.show(open).body("task.status", equalTo("PENDING"));
  }

  @Test
  void aTeamKeyListsItsTeamOnly() {
    crew.asOwner().body("{\"name\": \"Second\"}").post("/api/teams").then().statusCode(201);
    Crew.bearing(crew.teamKey()).get("/api/teams").then().body("teams.id", contains(crew.team));
    crew.asAgent().get("/api/teams").then().body("teams.id", contains(crew.team));
  }
}
