package dev.earnest.dispute.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.dispute.DisputeServiceTest;
import dev.earnest.dispute.Stage;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisputeServiceTest
class NegotiationResourceTest {
  private static final String REDELIVER = "{\"redeliver\": true}";

  @ParameterizedTest
  @CsvSource({
    "0, RELEASE_TO_AGENT",
    "33.333333, SPLIT",
    "50.00, SPLIT",
    "100, REFUND_BUYER",
  })
  void acceptedOfferResolves(String share, String resolution) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String offer = offer(stage.asBuyer(), id, "{\"refundPercentage\": " + share + "}");
    JsonPath made = JsonPath.from(stage.hears("earnest.dispute.offer_made.v1").value());
    assertThat(made.getString("offerId")).isEqualTo(offer);
    assertThat(made.getString("role")).isEqualTo("BUYER");

    answer(stage.asAgent(), id, offer, "accept")
        .statusCode(200)
        .body("offer.status", equalTo("ACCEPTED"))
        .body("dispute.status", equalTo("RESOLVED"))
        .body("dispute.ruling.tier", equalTo("SETTLEMENT"))
        .body("dispute.ruling.resolution", equalTo(resolution));

    String exact = new java.math.BigDecimal(share).stripTrailingZeros().toPlainString();
    assertThat(stage.hears("earnest.dispute.resolved.v1").value())
        .contains("\"refundPercentage\":" + exact + ",")
        .contains("\"resolvedBy\":\"" + stage.agent + "\"");
    // What the parties agreed on judges nobody.
    assertThat(stage.told()).containsExactly("opened", "offer_made", "resolved");
    assertThat(stage.read(id).extract().asString())
        .contains("\"refundPercentage\":" + exact + ",\"tier\":\"SETTLEMENT\"");
  }

  @Test
  void acceptedRedeliveryLetsTheTaskGoOn() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String offer = offer(stage.asAgent(), id, REDELIVER);
    answer(stage.asBuyer(), id, offer, "accept")
        .statusCode(200)
        .body("offer.redeliver", equalTo(true))
        .body("offer.refundPercentage", nullValue());
    JsonPath agreed = JsonPath.from(stage.hears("earnest.dispute.redelivery_agreed.v1").value());
    assertThat(agreed.getString("agreedBy")).isEqualTo(stage.buyer);
    stage
        .read(id)
        .body("dispute.status", equalTo("RESOLVED"))
        .body("dispute.redelivery", equalTo(true))
        .body("dispute.ruling", nullValue())
        .body("dispute.deadline", nullValue())
        .body("dispute.history.command", contains("open", "confirm", "make_offer", "accept_offer"));
    assertThat(stage.told()).containsExactly("opened", "offer_made", "redelivery_agreed");
    stage.says("redelivery_started", "EXECUTING").says("delivered", "DELIVERED");
    stage.known("DELIVERED").opens();
  }

  @Test
  void counterOfferTakesTheFirstOffTheTable() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String asked = offer(stage.asBuyer(), id, "{\"refundPercentage\": 60}");
    String counter = offer(stage.asAgent(), id, "{\"refundPercentage\": 40}");
    answer(stage.asAgent(), id, asked, "accept")
        .statusCode(409)
        .body("code", equalTo("offer_closed"))
        .body("state", equalTo("COUNTERED"));
    answer(stage.asBuyer(), id, counter, "accept").statusCode(200);
    stage
        .read(id)
        .body("dispute.offers.status", contains("COUNTERED", "ACCEPTED"))
        .body("dispute.offers.offeredBy", contains(stage.buyer, stage.agent))
        .body("dispute.ruling.refundPercentage", equalTo(40));
  }

  @Test
  void betterOfferOfOnesOwnWithdrawsTheFirst() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String first = offer(stage.asAgent(), id, "{\"refundPercentage\": 10}");
    offer(stage.asAgent(), id, "{\"refundPercentage\": 20}");
    answer(stage.asBuyer(), id, first, "accept").statusCode(409);
    stage
        .read(id)
        .body("dispute.status", equalTo("NEGOTIATION"))
        .body("dispute.offers.status", contains("WITHDRAWN", "OPEN"))
        .body("dispute.offers[0].answeredAt", notNullValue());
  }

  @Test
  void rejectedOfferIsOverAndAPartyMayGoToAnAdmin() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String offer = offer(stage.asAgent(), id, REDELIVER);
    answer(stage.asBuyer(), id, offer, "reject")
        .statusCode(200)
        .body("offer.status", equalTo("REJECTED"))
        .body("dispute.status", equalTo("NEGOTIATION"));
    stage.hears("earnest.dispute.offer_rejected.v1");
    answer(stage.asBuyer(), id, offer, "accept").statusCode(409);
    escalate(stage.asBuyer(), id)
        .statusCode(200)
        .body("dispute.status", equalTo("ARBITRATION"))
        .body("dispute.deadline", notNullValue());
    JsonPath escalated = JsonPath.from(stage.hears("earnest.dispute.escalated.v1").value());
    assertThat(escalated.getString("by")).isEqualTo(stage.buyer);
    assertThat(escalated.getString("reason")).isEqualTo("PARTY");
    escalate(stage.asAgent(), id).statusCode(409).body("state", equalTo("ARBITRATION"));
    tryOffer(stage.asAgent(), id, REDELIVER).statusCode(409).body("state", equalTo("ARBITRATION"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"accept", "reject"})
  void nobodyAnswersTheirOwnOffer(String answer) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String offer = offer(stage.asBuyer(), id, "{\"refundPercentage\": 100}");
    answer(stage.asBuyer(), id, offer, answer).statusCode(403).body("code", equalTo("own_offer"));
    stage
        .read(id)
        .body("dispute.status", equalTo("NEGOTIATION"))
        .body("dispute.offers.status", contains("OPEN"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "{\"redeliver\": false}",
        "{\"redeliver\": \"yes\"}",
        "{\"refundPercentage\": null}",
        "{\"refundPercentage\": 10, \"redeliver\": true}",
        "{\"refundPercentage\": 101}",
        "{\"refundPercentage\": 100.000001}",
        "{\"refundPercentage\": -1}",
        "{\"refundPercentage\": 33.3333333}",
        "{\"refundPercentage\": 1e999999999}",
        "{\"refundPercentage\": NaN}",
        "{\"refundPercentage\": \"50\"}",
      })
  void badOfferIsRefused(String body) {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    tryOffer(stage.asBuyer(), id, body)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", notNullValue());
    stage.read(id).body("dispute.offers", hasSize(0));
    assertThat(stage.told()).containsExactly("opened");
  }

  @Test
  void negotiationIsForThePartiesWhileItLasts() {
    Stage stage = Stage.delivered();
    String opening = Stage.delivered().opens();
    tryOffer(Stage.asAdmin(), opening, REDELIVER).statusCode(403);
    String id = stage.opens();
    tryOffer(stage.asBuyer(), id, REDELIVER).statusCode(409).body("state", equalTo("OPENING"));
    escalate(stage.asBuyer(), id).statusCode(409).body("state", equalTo("OPENING"));
    stage.freezes(id, true).awaitStatus(id, "NEGOTIATION");
    String offer = offer(stage.asBuyer(), id, REDELIVER);

    RequestSpecification[] outsiders = {Stage.as("stranger", "buyer", "agent"), Stage.asAdmin()};
    int[] statuses = {404, 403};
    for (int i = 0; i < outsiders.length; i++) {
      tryOffer(outsiders[i], id, REDELIVER).statusCode(statuses[i]);
      answer(outsiders[i], id, offer, "accept").statusCode(statuses[i]);
      answer(outsiders[i], id, offer, "reject").statusCode(statuses[i]);
      escalate(outsiders[i], id).statusCode(statuses[i]);
    }
    answer(stage.asAgent(), id, UUID.randomUUID().toString(), "accept").statusCode(404);
    answer(stage.asAgent(), id, "7", "accept").statusCode(404);
    Stage other = Stage.delivered();
    String elsewhere = offer(other.asBuyer(), other.inNegotiation(), REDELIVER);
    answer(stage.asAgent(), id, elsewhere, "accept").statusCode(404);
    stage.read(id).body("dispute.offers.status", contains("OPEN"));
  }

  @Test
  void oneOfManyAnswersCounts() throws Exception {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    String offer = offer(stage.asBuyer(), id, "{\"refundPercentage\": 25}");
    Callable<Integer> accept =
        () -> answer(stage.asAgent(), id, offer, "accept").extract().statusCode();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> accept).toList()).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }
    stage.hears("earnest.dispute.resolved.v1");
    assertThat(stage.told()).containsExactly("opened", "offer_made", "resolved");
  }

  @Test
  void sameKeyOffersOnce() {
    Stage stage = Stage.delivered();
    String id = stage.inNegotiation();
    Map<String, Integer> body = Map.of("refundPercentage", 25);
    String path = "/api/v1/disputes/" + id + "/offers";
    String key = UUID.randomUUID().toString();
    String first = stage.asBuyer().header("Idempotency-Key", key).body(body).post(path).asString();
    String again = stage.asBuyer().header("Idempotency-Key", key).body(body).post(path).asString();
    assertThat(again).isEqualTo(first);
    stage.read(id).body("dispute.offers", hasSize(1));
  }

  private static String offer(RequestSpecification as, String id, String body) {
    return tryOffer(as, id, body)
        .statusCode(201)
        .body("success", equalTo(true))
        .body("offer.status", equalTo("OPEN"))
        .extract()
        .path("offer.id");
  }

  private static ValidatableResponse tryOffer(RequestSpecification as, String id, String body) {
    return as.body(body).post("/api/v1/disputes/" + id + "/offers").then();
  }

  private static ValidatableResponse answer(
      RequestSpecification as, String id, String offer, String answer) {
    return as.post("/api/v1/disputes/" + id + "/offers/" + offer + "/" + answer).then();
  }

  private static ValidatableResponse escalate(RequestSpecification as, String id) {
    return as.post("/api/v1/disputes/" + id + "/escalate").then();
  }
}
