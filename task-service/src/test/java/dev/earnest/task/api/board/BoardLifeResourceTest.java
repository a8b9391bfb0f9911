package dev.earnest.task.api.board;

import static dev.earnest.task.Market.as;
import static dev.earnest.task.api.board.Crew.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tasks on a board from being put up to their end.
@TaskServiceTest
class BoardLifeResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  @Test
  void ofTwoClaimsAtOnceOneWins() throws Exception {
    String other = crew.newAgent("Bob").extract().path("token");
    for (int round = 0; round < 10; round++) {
      String task = crew.todo();
      assertThat(
              atOnce(
                  () -> crew.claim(task).extract().statusCode(),
                  () ->
                      Crew.bearing(other).post(at(task) + "/claim").then().extract().statusCode()))
          .containsExactlyInAnyOrder(200, 409);
      crew.show(task).body("status", equalTo("in_progress"));
      crew.asOwner().get("/api/v1/tasks/" + task).then().body("task.attempt", equalTo(1));
    }
  }

  @Test
  void aClaimAndAMoveAtOnceDoNotBothEndIt() throws Exception {
    for (int round = 0; round < 5; round++) {
      String task = crew.claimed();
      List<Integer> answers =
          atOnce(
              () ->
                  crew.asAgent()
                      .body("{\"result\": \"r\"}")
                      .post(at(task) + "/complete")
                      .then()
                      .extract()
                      .statusCode(),
              () -> crew.move(crew.asMember(), task, "cancelled").extract().statusCode());
      assertThat(answers).containsExactlyInAnyOrder(200, 409);
    }
  }

  private static List<Integer> atOnce(Callable<Integer> one, Callable<Integer> other)
      throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : pool.invokeAll(List.of(one, other))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void aClaimOnABoardIsNoLease() {
    String task = crew.claimed();
    TestClock.advance(Duration.ofDays(3));
    crew.asOwner()
        .get("/api/v1/tasks/" + task)
        .then()
        .statusCode(200)
        .body("task.status", equalTo("EXECUTING"))
        .body("task.mode", equalTo("board"))
        .body("task.leaseUntil", nullValue())
        .body("task.deadline", nullValue());
    crew.asAgent()
        .body("{\"result\": \"late\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(200);
  }

  @Test
  void workInProgressIsGivenToAnother() {
    String task = crew.claimed();
    var bob = crew.newAgent("Bob").extract();
    crew.change(task, "{\"assignedAgentId\": \"" + bob.path("id") + "\"}")
        .statusCode(200)
        .body("status", equalTo("in_progress"))
        .body("assignedAgentId", equalTo(bob.path("id")));
    crew.asAgent()
        .body("{\"result\": \"late\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale_attempt"));
    Crew.bearing(bob.path("token"))
        .body("{\"result\": \"Bob's\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(200)
        .body("result", equalTo("Bob's"));
  }

  @Test
  void aTaskThatIsOverIsNotChanged() {
    String task = crew.done();
    crew.change(task, "{\"title\": \"Another\"}").statusCode(409);
    crew.change(task, "{\"assignedAgentId\": null}").statusCode(409);
    crew.claim(task).statusCode(409).body("state", equalTo("COMPLETED"));
    crew.asAgent()
        .body("{\"result\": \"again\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(409);
    crew.show(task).body("title", equalTo("Summarize Q1 reports")).body("result", equalTo("done"));
  }

  @Test
  void anUnclaimedTaskIsNotCompleted() {
    for (String task : List.of(crew.todo(), crew.kept())) {
      crew.asAgent()
          .body("{\"result\": \"quick\"}")
          .post(at(task) + "/complete")
          .then()
          .statusCode(409)
          .body("code", equalTo("illegal_state"))
          .body("state", equalTo("PENDING"));
      crew.show(task).body("status", equalTo("todo"));
    }
  }

  @Test
  void tasksOfOtherDoorsAreClaimedAndCompletedHere() {
    String skill = "only-" + System.nanoTime();
    Market market = new Market(10, skill);
    String task = market.openFree(skill);
    market
        .asOwner()
        .post(at(task) + "/claim")
        .then()
        .statusCode(200)
        .body("status", equalTo("in_progress"))
        .body("assignedAgentId", equalTo(market.agent));
    market
        .asOwner()
        .body("{\"result\": \"Found it\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(200)
        .body("status", equalTo("done"));
    market
        .show(task)
        .body("task.status", equalTo("COMPLETED"))
        .body("task.output", equalTo("Found it"));
    String paid = market.delivered();
    market
        .asBuyer()
        .get(at(paid))
        .then()
        .body("status", equalTo("in_progress"))
        .body("result", equalTo("Done, 92 % coverage."));
  }

  @Test
  void aTaskOfTheBoardIsReadAtTheMarketplacesDoor() {
    String task = crew.done();
    crew.asMember()
        .get("/api/v1/tasks/" + task)
        .then()
        .statusCode(200)
        .body("task.status", equalTo("COMPLETED"))
        .body("task.output", equalTo("done"))
        .body("task.title", equalTo("Summarize Q1 reports"));
    crew.asAgent().get("/api/v1/tasks/" + task).then().statusCode(200);
  }

  @Test
  void aTeamsAgentTakesTheBestOfItsBoardAndNothingElse() {
    String skill = "only-" + System.nanoTime();
    new Market().openFree(skill);
    crew.asMember()
        .body("{\"skills\": [\"" + skill + "\"]}")
        .patch("/api/agents/" + crew.agent)
        .then()
        .statusCode(200);
    crew.todo("\"priority\": \"low\"");
    String high = crew.todo("\"priority\": \"high\"");
    String kept = crew.kept();
    String claims = "/api/v1/agents/" + crew.agent + "/claims";
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      taken.add(crew.asAgent().post(claims).then().statusCode(200).extract().path("task.id"));
    }
    assertThat(taken).containsExactly(kept, high);
    crew.asAgent().post(claims).then().statusCode(200);
    crew.asAgent().post(claims).then().statusCode(204);
  }

  @Test
  void aPausedOrFullAgentClaimsNothing() {
    String task = crew.todo();
    crew.asMember()
        .body("{\"maxConcurrent\": 1}")
        .patch("/api/agents/" + crew.agent)
        .then()
        .statusCode(200);
    crew.claimed();
    crew.claim(task).statusCode(409).body("code", equalTo("agent_full"));
    crew.asMember()
        .body("{\"status\": \"paused\"}")
        .patch("/api/agents/" + crew.agent)
        .then()
        .statusCode(200)
        .body("status", equalTo("paused"));
    crew.claim(task).statusCode(409).body("code", equalTo("agent_unavailable"));
    crew.asMember()
        .body(crew.body("\"assignedAgentId\": \"" + crew.agent + "\""))
        .post(crew.tasks())
        .then()
        .statusCode(409)
        .body("code", equalTo("agent_unavailable"));
    crew.asMember().get(crew.tasks() + "?status=todo").then().body("tasks.id", contains(task));
  }

  @Test
  void oneCreationForOneIdempotencyKey() {
    String key = "key-" + crew.team;
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      made.add(
          crew.asMember()
              .header("Idempotency-Key", key)
              .body(crew.body())
              .post(crew.tasks())
              .then()
              .statusCode(201)
              .extract()
              .path("id"));
    }
    assertThat(made.getFirst()).isEqualTo(made.getLast());
    crew.asMember().get(crew.tasks()).then().body("tasks.id", contains(made.getFirst()));
  }

  @Test
  void aPersonClaimsForAnAgentOfTheTeam() {
    String task = crew.todo();
    var person = as(crew.member, "buyer", "agent");
    person.post(at(task) + "/claim").then().statusCode(400);
    as(crew.member, "buyer", "agent")
        .body("{\"agentId\": \"" + crew.agent + "\"}")
        .post(at(task) + "/claim")
        .then()
        .statusCode(200)
        .body("assignedAgentId", equalTo(crew.agent));
    crew.asMember()
        .body("{\"result\": \"by hand\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(200)
        .body("result", equalTo("by hand"));
  }
}
