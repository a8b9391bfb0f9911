package dev.earnest.kit.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.kit.KitTest;
import dev.earnest.testkit.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// With limits so small that a test runs into them, and so slow that they do not give way meanwhile;
/// and with one origin whose pages may ask.
@KitTest
@TestProfile(RateLimitResourceTest.Limited.class)
class RateLimitResourceTest {
  private static final String PROBE = "/api/v1/probe";
  private static final int BURST = 5;
  private static final int BAD = 3;

  public static class Limited implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "earnest.rate-limit.per-second", "0.01",
          "earnest.rate-limit.burst", Integer.toString(BURST),
          "earnest.rate-limit.bad-tokens-per-minute", Integer.toString(BAD),
          "quarkus.http.cors.enabled", "true",
          "quarkus.http.cors.origins", "https://app.example");
    }
  }

  @Test
  void tokenThatAsksTooOftenIsRefusedAndToldWhen() {
    String token = token();
    for (int left = BURST - 1; left >= 0; left--) {
      Response answer = ask(token, "203.0.113.1");
      answer.then().statusCode(200);
      assertThat(answer.header("RateLimit-Limit")).isEqualTo(Integer.toString(BURST));
      assertThat(answer.header("RateLimit-Remaining")).isEqualTo(Integer.toString(left));
      assertThat(Integer.parseInt(answer.header("RateLimit-Reset"))).isPositive();
    }

    Response refused = ask(token, "203.0.113.1");

    refused
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .header("RateLimit-Remaining", "0")
        .header("X-Content-Type-Options", "nosniff")
        .body("code", equalTo("too_many_requests"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 100);
    ask(token(), "203.0.113.1").then().statusCode(200);
  }

  @Test
  void addressThatTriesTokensIsKeptOut() {
    String address = "203.0.113.2";
    String known = token();
    ask(known, address).then().statusCode(200);
    for (int i = 0; i < BAD; i++) {
      ask("ek_guess" + UUID.randomUUID(), address).then().statusCode(401);
    }

    Response refused = ask("ek_guess" + UUID.randomUUID(), address);

    refused.then().statusCode(429).body("code", equalTo("too_many_requests"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
    ask(null, address).then().statusCode(429);
    ask(known, address).then().statusCode(200);
    ask("ek_guess" + UUID.randomUUID(), "203.0.113.3").then().statusCode(401);
  }

  @Test
  void healthAndMetricsAreNotCounted() {
    for (int i = 0; i < 3 * BURST; i++) {
      given()
          .get("/q/health/live")
          .then()
          .statusCode(200)
          .header("RateLimit-Limit", nullValue(String.class));
    }
  }

  @Test
  void pagesOfTheNamedOriginMayAskAndReadWhereTheyStand() {
    given()
        .header("Origin", "https://app.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization")
        .options(PROBE)
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "https://app.example");
    Response answer =
        given().auth().oauth2(token()).header("Origin", "https://app.example").get(PROBE);
    answer.then().statusCode(200).header("Access-Control-Allow-Origin", "https://app.example");
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains("RateLimit-Remaining", "Retry-After");
  }

  @Test
  void pagesOfOtherOriginsMayNot() {
    given()
        .auth()
        .oauth2(token())
        .header("Origin", "https://evil.example")
        .get(PROBE)
        .then()
        .statusCode(403)
        .header("Access-Control-Allow-Origin", nullValue(String.class));
  }

  private static String token() {
    return Tokens.of("limited-" + UUID.randomUUID(), "buyer");
  }

  private static Response ask(@Nullable String token, String address) {
    var request = given().header("X-Forwarded-For", address);
    return (token == null ? request : request.auth().oauth2(token)).get(PROBE);
  }
}
