package dev.earnest.dispute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.JuryPool;
import dev.earnest.dispute.Stage;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisputeServiceTest
class JuryResourceTest {
  private final List<String> jurors = JuryPool.accounts(5);

  @Test
  void fiveJurorsAreCalledAndSeeTheCaseButNotEachOthersVotes() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      stage.asBuyer().body(Map.of("description", "It is red.")).post(evidence(stage));
      before(stage, id);

      assertThat(called(stage)).containsExactlyInAnyOrderElementsOf(jurors);
      JsonPath seated = JsonPath.from(stage.hears("earnest.dispute.jury_seated.v1").value());
      assertThat(seated.getInt("jurors")).isEqualTo(5);
      stage.asBuyer().get(path(id)).then().body("dispute.jury.seats", equalTo(5));
      duty(0).body("disputes.id", contains(id)).body("disputes[0].yourVote", nullValue());

      vote(0, id, "buyer")
          .statusCode(201)
          .body("vote.vote", equalTo("buyer"))
          .body("vote.createdAt", notNullValue())
          .body("dispute.status", equalTo("JURY"));
      vote(1, id, "AGENT").statusCode(201);

      duty(0).body("disputes[0].yourVote", equalTo("buyer"));
      as(0)
          .get(path(id))
          .then()
          .statusCode(200)
          .body("dispute.jury.yourVote", equalTo("buyer"))
          .body("dispute.caseFile.brief.description", notNullValue())
          .body("dispute.caseFile.deliveries", hasSize(1))
          .body("dispute.evidence.description", contains("It is red."));
      for (String reader : List.of(jurors.get(2), stage.buyer, stage.agent, "admin-1")) {
        Stage.as(reader, reader.equals("admin-1") ? "admin" : "agent")
            .get(path(id))
            .then()
            .statusCode(200)
            .body("dispute.jury.votes", hasSize(0))
            .body("dispute.jury.yourVote", nullValue())
            .body("dispute.history.command", not(hasItem("cast_vote")));
      }
      assertThat(Stage.as(jurors.get(2), "agent").get(evidence(stage)).statusCode())
          .as("the task itself is no juror's business")
          .isIn(404, 405);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "buyer, REFUND_BUYER, 100, -0.15",
    "agent, RELEASE_TO_AGENT, 0, 0.1",
    "split, SPLIT, 50, -0.05",
  })
  void moreThanHalfDecide(String word, String resolution, int share, String adjustment) {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      vote(0, id, word).statusCode(201);
      vote(1, id, word.equals("buyer") ? "agent" : "buyer").statusCode(201);
      vote(2, id, word).statusCode(201).body("dispute.status", equalTo("JURY"));
      vote(3, id, word).statusCode(201).body("dispute.status", equalTo("RESOLVED"));

      JsonPath resolved = JsonPath.from(stage.hears("earnest.dispute.resolved.v1").value());
      assertThat(resolved.getString("resolution")).isEqualTo(resolution);
      assertThat(resolved.getInt("refundPercentage")).isEqualTo(share);
      assertThat(resolved.getString("tier")).isEqualTo("JURY");
      assertThat(resolved.getString("resolvedBy")).isNull();
      assertThat(stage.hears("earnest.dispute.reputation_adjusted.v1").value())
          .contains("\"adjustment\":" + adjustment + "}");

      vote(4, id, word).statusCode(409).body("state", equalTo("RESOLVED"));
      duty(4).body("disputes", hasSize(0));
      stage
          .read(id)
          .body("dispute.jury.votes", hasSize(4))
          .body("dispute.jury.votes.comment", hasItem("because"))
          .body("dispute.jury.votes.juror", not(hasItem(jurors.getFirst())));
      Stage.asAdmin()
          .get(path(id))
          .then()
          .body("dispute.jury.votes.juror", containsInAnyOrder(jurors.subList(0, 4).toArray()));
    }
  }

  @Test
  void nobodyVotesTwice() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      vote(0, id, "buyer").statusCode(201);
      vote(0, id, "agent").statusCode(409).body("code", equalTo("already_voted"));
      as(0).get(path(id)).then().body("dispute.jury.yourVote", equalTo("buyer"));
    }
  }

  @Test
  void hungJuryGoesToAnAdminAtOnce() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      List<String> words = List.of("buyer", "agent", "buyer", "agent", "split");
      for (int i = 0; i < words.size(); i++) {
        vote(i, id, words.get(i)).statusCode(201);
      }
      stage.read(id).body("dispute.status", equalTo("ARBITRATION"));
      JsonPath escalated = JsonPath.from(stage.hears("earnest.dispute.escalated.v1").value());
      assertThat(escalated.getString("reason")).isEqualTo("NO_MAJORITY");
      Stage.asAdmin().get(path(id)).then().body("dispute.jury.votes", hasSize(5));
    }
  }

  @Test
  void juryThatDoesNotComeTogetherInTimeIsOver() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      vote(0, id, "buyer").statusCode(201);
      vote(1, id, "buyer").statusCode(201);
      TestClock.advance(Duration.ofHours(24));
      vote(2, id, "buyer").statusCode(409);
      stage.awaitStatus(id, "ARBITRATION");
      stage.read(id).body("dispute.jury.votes", hasSize(2)).body("dispute.ruling", nullValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"vote\": null}",
        "{\"vote\": \"\"}",
        "{\"vote\": \"maybe\"}",
        "{\"vote\": 1}",
        "{\"vote\": \"buyer\", \"comment\": 5}",
      })
  void badVoteIsRefused(String body) {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      as(0).body(body).post(path(id) + "/votes").then().statusCode(400);
      as(0)
          .body(Map.of("vote", "buyer", "comment", "x".repeat(10_001)))
          .post(path(id) + "/votes")
          .then()
          .statusCode(400);
      as(0).get(path(id)).then().body("dispute.jury.yourVote", nullValue());
    }
  }

  @Test
  void onlyJurorsVoteAndOnlyPartiesEscalate() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      Map<String, String> body = Map.of("vote", "buyer");
      stage.asBuyer().body(body).post(path(id) + "/votes").then().statusCode(403);
      stage.asAgent().body(body).post(path(id) + "/votes").then().statusCode(403);
      Stage.asAdmin().body(body).post(path(id) + "/votes").then().statusCode(403);
      Stage.as("stranger", "agent").body(body).post(path(id) + "/votes").then().statusCode(404);
      Stage.as("stranger", "agent").get(path(id)).then().statusCode(404);
      as(0).post(path(id) + "/escalate").then().statusCode(403);
      as(0).body(Map.of("description", "x")).post(evidence(stage)).then().statusCode(404);
      stage.asAgent().post(path(id) + "/escalate").then().statusCode(200);
      vote(0, id, "buyer").statusCode(409).body("state", equalTo("ARBITRATION"));
    }
  }

  @Test
  void adminMayRuleWhileTheJuryVotes() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      Stage stage = Stage.delivered();
      String id = stage.opens();
      before(stage, id);
      Stage.asAdmin()
          .body(Map.of("resolution", "SPLIT"))
          .post("/api/v1/admin/disputes/" + id + "/resolve")
          .then()
          .statusCode(200);
      vote(0, id, "buyer").statusCode(409).body("state", equalTo("RESOLVED"));
    }
  }

  @Test
  void nobodyWithAnInterestIsDrawnAndNobodyTwice() {
    String ours = UUID.randomUUID().toString();
    String theirs = UUID.randomUUID().toString();
    String buyersTeam = UUID.randomUUID().toString();
    Stage stage = Stage.deliveredForTeam(ours);
    List<String> others = JuryPool.accounts(8);
    try (JuryPool pool = JuryPool.of(jurors)) {
      pool.add(jurors.getFirst(), null)
          .add(stage.buyer, buyersTeam)
          .add(stage.agent, theirs)
          .add(others.get(0), ours)
          .add(others.get(1), theirs)
          .add(others.get(2), buyersTeam)
          .add(others.get(3), null)
          .add(others.get(4), null)
          .add(others.get(5), null, "STOPPED")
          .add(others.get(6), null)
          .add(others.get(7), null)
          .team(ours, others.get(6))
          .team(UUID.randomUUID().toString(), stage.buyer, others.get(7))
          .team(UUID.randomUUID().toString(), jurors.getFirst(), others.get(0))
          .known();
      String id = stage.opens();
      stage.freezes(
          id,
          Map.of(
              "formerAgents",
              List.of(Map.of("agent", UUID.randomUUID(), "account", others.get(3))),
              "proposers",
              List.of(others.get(4))));
      stage.awaitStatus(id, "NEGOTIATION");
      TestClock.advance(Duration.ofHours(24));
      stage.awaitStatus(id, "JURY");
      assertThat(called(stage)).containsExactlyInAnyOrderElementsOf(jurors);
      assertThat(stage.read(id).extract().asString()).doesNotContain(others.get(4));
    }
  }

  @Test
  void fourAreTooFew() {
    try (JuryPool _ = JuryPool.of(jurors.subList(0, 4))) {
      Stage stage = Stage.delivered();
      String id = stage.inNegotiation();
      TestClock.advance(Duration.ofHours(24));
      stage.awaitStatus(id, "ARBITRATION");
      stage.read(id).body("dispute.jury.seats", equalTo(0));
      duty(0).body("disputes", hasSize(0));
    }
  }

  @Test
  void lotDecidesWhoJudges() {
    try (JuryPool _ = JuryPool.of(JuryPool.accounts(10))) {
      List<Stage> stages = Stream.generate(Stage::delivered).limit(6).toList();
      List<String> ids = stages.stream().map(Stage::inNegotiation).toList();
      TestClock.advance(Duration.ofHours(24));
      Set<Set<String>> juries = new HashSet<>();
      for (int i = 0; i < ids.size(); i++) {
        stages.get(i).awaitStatus(ids.get(i), "JURY");
        juries.add(Set.copyOf(called(stages.get(i))));
      }
      assertThat(juries).hasSizeGreaterThan(1);
      assertThat(juries).allSatisfy(jury -> assertThat(jury).hasSize(5));
    }
  }

  @Test
  void dutyComesInPages() {
    try (JuryPool _ = JuryPool.of(jurors)) {
      List<Stage> stages = Stream.generate(Stage::delivered).limit(3).toList();
      List<String> ids = stages.stream().map(Stage::inNegotiation).toList();
      TestClock.advance(Duration.ofHours(24));
      for (int i = 0; i < ids.size(); i++) {
        stages.get(i).awaitStatus(ids.get(i), "JURY");
      }
      JsonPath first = as(0).get("/api/v1/disputes/jury-duty?limit=2").jsonPath();
      assertThat(first.getList("disputes.id")).containsExactly(ids.get(2), ids.get(1));
      as(0)
          .queryParam("cursor", first.getString("nextCursor"))
          .get("/api/v1/disputes/jury-duty?limit=2")
          .then()
          .body("disputes.id", contains(ids.getFirst()))
          .body("nextCursor", nullValue());
      as(0).get("/api/v1/disputes/jury-duty?cursor=forged").then().statusCode(400);
      as(0).get("/api/v1/disputes/jury-duty?limit=0").then().statusCode(400);
      as(0).get("/api/v1/disputes").then().body("disputes", hasSize(0));
    }
  }

  /// A dispute before its jury.
  private static void before(Stage stage, String id) {
    stage.freezes(id, true).awaitStatus(id, "NEGOTIATION");
    TestClock.advance(Duration.ofHours(24));
    stage.awaitStatus(id, "JURY");
  }

  private static List<String> called(Stage stage) {
    String type = "earnest.dispute.juror_called.v1";
    return TestKafka.await("dispute.events", stage.task.toString(), type, 5).stream()
        .map(event -> JsonPath.from(event.value()).getString("juror"))
        .toList();
  }

  private io.restassured.specification.RequestSpecification as(int juror) {
    return Stage.as(jurors.get(juror), "agent");
  }

  private ValidatableResponse vote(int juror, String id, String word) {
    return as(juror)
        .body(Map.of("vote", word, "comment", "because"))
        .post(path(id) + "/votes")
        .then();
  }

  private ValidatableResponse duty(int juror) {
    return as(juror).get("/api/v1/disputes/jury-duty").then().statusCode(200);
  }

  private static String path(String id) {
    return "/api/v1/disputes/" + id;
  }

  private static String evidence(Stage stage) {
    return stage.disputePath() + "/evidence";
  }
}
