package dev.earnest.kit.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.event.Topics;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.Forgery;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@KitTest
class ApiKeyResourceTest {
  private static final String PROBE = "/api/v1/probe";

  @Inject ApiKeys keys;
  @Inject InstantSource clock;

  private record Made(UUID id, String secret) {}

  @Test
  void keyLetsItsAccountIn() {
    Made key = key(null, null, null);

    given()
        .auth()
        .oauth2(key.secret())
        .get(PROBE)
        .then()
        .statusCode(200)
        .body("account", equalTo("key-owner"));
    given().header("x-api-key", key.secret()).get(PROBE).then().statusCode(200);
  }

  @Test
  void keyThatIsNoneIsRefused() {
    String secret = key(null, null, null).secret();
    refused("ek_nonsense");
    refused(secret + "x");
    refused(secret.substring(0, secret.length() - 1));
    refused("ek_");
  }

  @Test
  void keyIsGoodUntilItExpires() {
    Instant end = clock.instant().plus(Duration.ofMinutes(5));
    String secret = key(null, null, end).secret();
    given().header("x-api-key", secret).get(PROBE).then().statusCode(200);

    TestClock.advance(Duration.ofMinutes(6));

    refused(secret);
  }

  @Test
  void keyIsGoodUntilItIsRevoked() {
    Made made = key(null, null, null);
    given().header("x-api-key", made.secret()).get(PROBE).then().statusCode(200);

    ApiKey key = keys.find(made.id()).orElseThrow();
    keys.save(key.revoked(clock.instant()), keys.hash(made.id()));

    refused(made.secret());
  }

  @Test
  void keyIsGoodForItsScopesOnly() {
    String secret = key(Set.of(Scope.TASKS_READ), null, null).secret();

    given().header("x-api-key", secret).get(PROBE + "/whole").then().statusCode(200);
    given()
        .header("x-api-key", secret)
        .get(PROBE + "/scoped")
        .then()
        .statusCode(403)
        .body("code", equalTo("insufficient_scope"))
        .body("detail", equalTo("This needs the scope wallet:read."));
  }

  @Test
  void keyOfATeamIsNotGoodForTheWholeAccount() {
    String secret = key(null, UUID.randomUUID(), null).secret();

    given().header("x-api-key", secret).get(PROBE + "/scoped").then().statusCode(200);
    given()
        .header("x-api-key", secret)
        .get(PROBE + "/whole")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void tokenMayNameScopesToo() {
    scoped("wallet:read", 200);
    scoped("openid wallet:read", 200);
    scoped("tasks:read tasks:write", 403);
    scoped("openid profile", 200);
    scoped("", 200);
  }

  @Test
  void useIsNotedOnceAMinuteAndTold() {
    Made key = key(null, null, null);
    assertThat(lastUsed(key)).isNull();

    given().header("x-api-key", key.secret()).get(PROBE).then().statusCode(200);
    Instant first = lastUsed(key);
    given().header("x-api-key", key.secret()).get(PROBE).then().statusCode(200);
    assertThat(lastUsed(key)).isEqualTo(first).isNotNull();
    TestClock.advance(Duration.ofMinutes(2));
    given().header("x-api-key", key.secret()).get(PROBE).then().statusCode(200);

    Instant second = lastUsed(key);
    assertThat(second).isAfter(first);
    List<String> told =
        TestKafka.awaitMatching(
                Topics.IDENTITY,
                event ->
                    event.type().equals("earnest.api_key.used.v1")
                        && event.value().contains(key.id().toString()),
                2)
            .stream()
            .map(event -> event.value())
            .toList();
    told.forEach(json -> Contracts.assertKept("earnest.api_key.used.v1", json));
    assertThat(told)
        .extracting(json -> Instant.parse(new JsonPath(json).getString("lastUsedAt")))
        .containsExactly(first, second);
  }

  private @Nullable Instant lastUsed(Made key) {
    return keys.find(key.id()).orElseThrow().lastUsedAt();
  }

  private static void scoped(String scope, int status) {
    String token =
        Forgery.signed(
            "{\"alg\": \"RS256\"}", Forgery.claims("scoped") + ", \"scope\": \"" + scope + "\"}");
    given().auth().oauth2(token).get(PROBE + "/scoped").then().statusCode(status);
  }

  private static void refused(String secret) {
    given()
        .auth()
        .oauth2(secret)
        .get(PROBE)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("unauthorized"));
  }

  private Made key(@Nullable Set<Scope> scopes, @Nullable UUID team, @Nullable Instant expiresAt) {
    UUID id = UUID.randomUUID();
    String secret = ApiKey.PREFIX + UUID.randomUUID();
    ApiKey key =
        new ApiKey(
            id,
            "key-owner",
            "Test",
            Set.of(Role.BUYER),
            scopes,
            team,
            null,
            null,
            null,
            expiresAt,
            clock.instant(),
            null,
            1,
            null);
    keys.save(key, ApiKeys.hash(secret));
    return new Made(id, secret);
  }
}
