package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents are found, changed, paused, and judged.
@TaskServiceTest
class AgentSearchResourceTest {
  private final String owner = "owner-" + UUID.randomUUID();
  private final String skill = "skill-" + UUID.randomUUID();
  private String cheap;
  private String dear;

  @BeforeEach
  void register() {
    cheap = register("Cheap", "SEO", "5.00");
    dear = register("Dear", "CODING", "50.00");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', 2",
    "category=seo, 1",
    "category=CODING, 1",
    "category=RESEARCH, 0",
    "maxPrice=5, 1",
    "maxPrice=4.999999, 0",
    "minRating=0.1, 0",
    "minRating=0, 2",
    "search=cheap, 1",
    "search=writes -dear, 1",
    "search=nothing, 0"
  })
  void filtersNarrowDown(String filter, int found) {
    search("skills=" + skill + "&" + filter).body("agents", hasSize(found));
  }

  @Test
  void everyOrderIsPagedWithoutGapOrRepetition() {
    for (int i = 0; i < 5; i++) {
      register("Agent " + i, "SEO", "7.00");
    }
    for (String sort : List.of("reputation", "rating", "TASKS_COMPLETED", "price")) {
      List<String> all = search("skills=" + skill + "&sort=" + sort).extract().path("agents.id");
      assertThat(all).hasSize(7).doesNotHaveDuplicates();
      List<String> paged = new ArrayList<>();
      @Nullable String cursor = null;
      do {
        var page =
            search(
                    "skills=%s&sort=%s&limit=2%s"
                        .formatted(skill, sort, cursor == null ? "" : "&cursor=" + cursor))
                .extract();
        paged.addAll(page.path("agents.id"));
        cursor = page.path("nextCursor");
      } while (cursor != null);
      assertThat(paged).as(sort).isEqualTo(all);
    }
    List<String> byPrice = search("skills=" + skill + "&sort=price").extract().path("agents.id");
    assertThat(byPrice).startsWith(cheap).endsWith(dear);
  }

  @Test
  void aCursorBelongsToItsOrder() {
    String cursor = search("skills=" + skill + "&sort=price&limit=1").extract().path("nextCursor");
    as(owner, "buyer")
        .get("/api/v1/agents?sort=rating&cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "category=COOKING",
        "minRating=6",
        "minRating=-1",
        "minRating=x",
        "maxPrice=-1",
        "maxPrice=1e400",
        "maxPrice=0.0000001",
        "sort=fame",
        "limit=0",
        "cursor=forged"
      })
  void searchesThatMakeNoSense(String query) {
    as(owner, "buyer").get("/api/v1/agents?" + query).then().statusCode(400);
  }

  @Test
  void aChangeTouchesOnlyWhatItNames() {
    patch(dear, "{\"tagline\": \"Worth it\", \"max_concurrent\": 3, \"juror\": true}")
        .statusCode(200)
        .body("agent.tagline", equalTo("Worth it"))
        .body("agent.maxConcurrent", equalTo(3))
        .body("agent.juror", equalTo(true))
        .body("agent.name", equalTo("Dear"))
        .body("agent.basePrice", equalTo(50.00f))
        .body("agent.skills", equalTo(List.of(skill)));
    patch(dear, "{\"tagline\": null, \"subcategories\": [\"other\"]}")
        .statusCode(200)
        .body("agent.tagline", nullValue())
        .body("agent.skills", equalTo(List.of("other")));
    search("skills=" + skill).body("agents", hasSize(1));
    var told = TestKafka.await("identity.events", dear, "earnest.agent.changed.v1", 3);
    Contracts.assertKept("earnest.agent.changed.v1", told.getLast().value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"\"}",
        "{\"name\": null}",
        "{\"basePrice\": -1}",
        "{\"categories\": []}",
        "{\"categories\": [\"COOKING\"]}",
        "{\"maxConcurrent\": 0}",
        "{\"pricingModel\": \"FREE\"}",
        "{\"webhookSecret\": \"short\"}",
        "[]",
        "null",
        ""
      })
  void changesThatMakeNoSense(String body) {
    patch(dear, body).statusCode(400);
    as(owner, "buyer").get("/api/v1/agents/" + dear).then().body("agent.name", equalTo("Dear"));
  }

  @Test
  void othersAgentsAreNotOnesOwn() {
    as("stranger", "agent").body("{}").patch("/api/v1/agents/" + dear).then().statusCode(403);
    for (String command : List.of("pause", "resume", "stop", "heartbeat")) {
      as("stranger", "agent").post("/api/v1/agents/" + dear + "/" + command).then().statusCode(403);
      as(owner, "agent")
          .post("/api/v1/agents/" + UUID.randomUUID() + "/" + command)
          .then()
          .statusCode(404);
    }
  }

  @Test
  void pausedAndStoppedAgentsTakeNothingUntilTheyAreResumed() {
    for (String command : List.of("pause", "stop")) {
      as(owner, "agent")
          .post("/api/v1/agents/" + dear + "/" + command)
          .then()
          .statusCode(200)
          .body("agent.status", equalTo(command.equals("pause") ? "PAUSED" : "STOPPED"))
          .body("agent.available", equalTo(false));
      as("somebody", "buyer")
          .body(
              """
              {"title": "t", "description": "d", "category": "CODING", "budget": 1, "agentId": "%s"}
              """
                  .formatted(dear))
          .post("/api/v1/tasks")
          .then()
          .statusCode(409)
          .body("code", equalTo("agent_unavailable"));
      as(owner, "agent")
          .post("/api/v1/agents/" + dear + "/resume")
          .then()
          .body("agent.status", equalTo("ACTIVE"));
    }
    as(owner, "agent")
        .post("/api/v1/agents/" + dear + "/heartbeat")
        .then()
        .body("agent.lastSeenAt", notNullValue());
  }

  @Test
  void reviewsMakeRatingAndReputation() {
    Market market = new Market();
    for (int stars : List.of(5, 4)) {
      String task = market.delivered();
      market
          .review(
              task,
              "{\"action\": \"approve\", \"rating\": %d, \"review\": \"%d stars\"}"
                  .formatted(stars, stars))
          .statusCode(200);
    }
    market.review(market.delivered(), "{\"action\": \"approve\"}").statusCode(200);
    market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent)
        .then()
        .body("agent.rating", equalTo(4.5f))
        .body("agent.ratings", equalTo(2))
        .body("agent.tasksCompleted", equalTo(3))
        .body("agent.reputation", equalTo(3.4286f))
        .body("agent.active", equalTo(0));
    String cursor =
        market
            .asBuyer()
            .get("/api/v1/agents/" + market.agent + "/reviews?limit=1")
            .then()
            .statusCode(200)
            .body("reviews", hasSize(1))
            .body("reviews[0].rating", equalTo(4))
            .body("reviews[0].review", equalTo("4 stars"))
            .extract()
            .path("nextCursor");
    market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent + "/reviews?limit=1&cursor=" + cursor)
        .then()
        .body("reviews[0].rating", equalTo(5))
        .body("nextCursor", nullValue());
    market.asBuyer().get("/api/v1/agents/" + UUID.randomUUID() + "/reviews").then().statusCode(404);
  }

  private String register(String name, String category, String price) {
    return as(owner, "agent")
        .body(
            """
            {"name": "%s", "description": "Writes code", "categories": ["%s"], "skills": ["%s"],
             "basePrice": %s}
            """
                .formatted(name, category, skill, price))
        .post("/api/v1/agents")
        .then()
        .statusCode(201)
        .extract()
        .path("agent.id");
  }

  private ValidatableResponse search(String query) {
    return as("anybody", "buyer").get("/api/v1/agents?" + query).then().statusCode(200);
  }

  private ValidatableResponse patch(String agent, String body) {
    return as(owner, "agent").body(body).patch("/api/v1/agents/" + agent).then();
  }
}
