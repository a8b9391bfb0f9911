package dev.earnest.task.api.queue;

import static dev.earnest.task.Market.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.task.domain.Teams;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may submit to an agent, and who may do what with what was submitted.
@TaskServiceTest
class QueueAccessTest {
  private static final String HI = "{\"message\": \"Hi\"}";

  private Market market;
  private Door door;

  @Inject Teams teams;

  @Inject DataSource database;

  @BeforeEach
  void openMarket() {
    market = new Market(1);
    door = new Door(market);
  }

  @ParameterizedTest
  @EnumSource
  void strangersFindNothing(Door.Paths paths) {
    String task = door.queued();
    RequestSpecification stranger = as("stranger-" + UUID.randomUUID(), "buyer", "agent");
    String agent = market.agent;
    given().spec(stranger).get(paths.task(agent, task)).then().statusCode(404);
    given().spec(stranger).post(paths.cancel(agent, task)).then().statusCode(404);
    given().spec(stranger).body(HI).post(paths.message(agent, task)).then().statusCode(404);
    assertThat(door.status(task)).isEqualTo("running");
  }

  @ParameterizedTest
  @EnumSource
  void theAgentsOwnerReadsWhatIsNotPrivate(Door.Paths paths) {
    String task =
        door.queued(
            "\"metadata\": {\"a\": 1}",
            "\"callback_mode\": \"webhook\"",
            "\"webhook_url\": \"https://client.example/?key=1\"");
    market
        .asOwner()
        .get(paths.task(market.agent, task))
        .then()
        .statusCode(200)
        .body("message", equalTo("Work"))
        .body("metadata", nullValue())
        .body("webhook_url", nullValue());
    market.asOwner().post(paths.cancel(market.agent, task)).then().statusCode(403);
    market.asOwner().body(HI).post(paths.message(market.agent, task)).then().statusCode(403);
    assertThat(door.status(task)).isEqualTo("running");
  }

  @ParameterizedTest
  @EnumSource
  void onlyBuyersSubmit(Door.Paths paths) {
    market
        .asOwner()
        .body(HI)
        .post(paths.submit(market.agent))
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    given()
        .contentType(ContentType.JSON)
        .body(HI)
        .post(paths.submit(market.agent))
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @EnumSource
  void anApiKeyIsAsGoodAsAToken(Door.Paths paths) {
    String key = key("\"roles\": [\"buyer\"]");
    Door byKey = new Door(market, paths);
    String task =
        byKey.submit(json().header("x-api-key", key), HI).statusCode(202).extract().path("task_id");
    String url = paths.task(market.agent, task);
    json().header("Authorization", "Bearer " + key).get(url).then().statusCode(200);
    json().header("x-api-key", key).get(url).then().statusCode(200);
    json()
        .header("x-api-key", key)
        .body(HI)
        .post(paths.message(market.agent, task))
        .then()
        .statusCode(200);
    json().header("x-api-key", "ek_nonsense").get(url).then().statusCode(401);
    byKey.submit(json().header("x-api-key", "nonsense"), HI).statusCode(401);
    json().header("Authorization", "Bearer " + key).post(url + "/cancel").then().statusCode(200);
  }

  @Test
  void aTeamsAgentIsThereForItsMembers() throws SQLException {
    UUID team = teams.create("Kitchen", person(market.buyer)).id();
    Market other = new Market(1);
    for (String agent : new String[] {market.agent, other.agent}) {
      join(agent, team);
    }
    door.submit(HI).statusCode(202);
    new Door(other).submit(HI).statusCode(404).body("code", equalTo("not_found"));
    other.asBuyer().get("/api/v1/tasks").then().body("tasks.size()", equalTo(0));
  }

  @Test
  void aTeamsKeyIsForItsTeamsTasks() {
    UUID team = teams.create("Kitchen", person(market.buyer)).id();
    String key = key("\"roles\": [\"buyer\"], \"team\": \"" + team + "\"");
    door.submit(json().header("x-api-key", key), HI).statusCode(403);
    String task = door.queued();
    json()
        .header("x-api-key", key)
        .get(door.paths().task(market.agent, task))
        .then()
        .statusCode(404);
  }

  @Test
  void whoOwnsTheAgentMaySubmitToItToo() {
    String task =
        door.submit(as(market.owner, "buyer", "agent"), HI)
            .statusCode(202)
            .extract()
            .path("task_id");
    as(market.owner, "buyer")
        .post(door.paths().cancel(market.agent, task))
        .then()
        .statusCode(200)
        .body("status", equalTo("cancelled"));
  }

  private static Caller person(String account) {
    return new Caller(account, Set.of(Role.BUYER), null);
  }

  private static RequestSpecification json() {
    return given().contentType(ContentType.JSON);
  }

  private String key(String members) {
    return market
        .asBuyer()
        .body("{\"name\": \"queue\", " + members + "}")
        .post("/api/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }

  private void join(String agent, UUID team) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE agents SET team = ? WHERE id = ?")) {
      update.setObject(1, team);
      update.setObject(2, UUID.fromString(agent));
      update.executeUpdate();
    }
  }
}
