package dev.earnest.kit.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Tables;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A request with an Idempotency-Key has its effect once and its first answer again.
@KitTest
class IdempotencyResourceTest {
  private static final String WISH = "{\"text\": \"one\"}";

  @Inject Tables tables;
  private final String subject = UUID.randomUUID().toString();
  private final String path = "/api/v1/tickets/" + subject;

  @ParameterizedTest
  @ValueSource(strings = {"", "/created"})
  void sameRequestGivesTheFirstAnswerAgain(String kind) {
    Response first = post("alice", path + kind, "k1", WISH);
    Response again = post("alice", path + kind, "k1", "{ \"text\" : \"one\" }");
    assertThat(first.statusCode()).isEqualTo(kind.isEmpty() ? 200 : 201);
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.contentType()).startsWith("application/json");
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(tables.tickets(subject)).containsExactly(first.path("secret").toString());
  }

  @Test
  void anotherBodyIsUnprocessable() {
    post("alice", path, "k1", WISH).then().statusCode(200);
    post("alice", path, "k1", "{\"text\": \"two\"}")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    assertThat(tables.tickets(subject)).hasSize(1);
  }

  @Test
  void keysBelongToTheAccountAndThePath() {
    post("alice", path, "k1", WISH).then().statusCode(200);
    post("bob", path, "k1", WISH).then().statusCode(200);
    post("alice", path + "/created", "k1", WISH).then().statusCode(201);
    post("alice", path, "k2", WISH).then().statusCode(200);
    assertThat(tables.tickets(subject)).hasSize(4);
  }

  @Test
  void withoutAKeyEachRequestIsItsOwn() {
    post("alice", path, null, WISH).then().statusCode(200);
    post("alice", path, null, WISH).then().statusCode(200);
    assertThat(tables.tickets(subject)).hasSize(2);
  }

  @Test
  void whatWasRefusedLeavesNothingAndMayBeTriedAgain() {
    for (int i = 0; i < 2; i++) {
      post("alice", path + "/refused", "k1", WISH)
          .then()
          .statusCode(409)
          .body("code", equalTo("no"));
    }
    assertThat(tables.tickets(subject)).isEmpty();
    assertThat(tables.keptAnswers(path + "/refused")).isEmpty();
  }

  @Test
  void answersAreNotKeptInClear() {
    String secret = post("alice", path, "k1", WISH).path("secret");
    assertThat(tables.keptAnswers(path))
        .hasSize(1)
        .allSatisfy(kept -> assertThat(kept).doesNotContain(secret).doesNotContain("one"));
  }

  @Test
  void keysAreForgottenAfterADay() {
    post("alice", path, "k1", WISH).then().statusCode(200);
    TestClock.advance(Duration.ofHours(25));
    post("alice", path, "k1", "{\"text\": \"two\"}").then().statusCode(200);
    assertThat(tables.tickets(subject)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "ümlaut"})
  void keyThatIsNone(String key) {
    post("alice", path, key, WISH).then().statusCode(400);
    post("alice", path, "x".repeat(256), WISH).then().statusCode(400);
    assertThat(tables.tickets(subject)).isEmpty();
  }

  @Test
  void simultaneousRequestsHaveOneEffect() throws Exception {
    int callers = 12;
    CyclicBarrier start = new CyclicBarrier(callers);
    List<Future<Response>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < callers; i++) {
        calls.add(
            threads.submit(() -> {
              start.await();
              return post("alice", path, "k1", WISH);
            }));
      }
    }
    List<String> secrets = new ArrayList<>();
    for (Future<Response> call : calls) {
      Response answer = call.get();
      if (answer.statusCode() == 200) {
        secrets.add(answer.path("secret"));
      } else {
        answer.then().statusCode(409).body("code", equalTo("idempotency_key_in_use"));
      }
    }
    assertThat(tables.tickets(subject)).hasSize(1);
    assertThat(secrets).isNotEmpty().containsOnly(tables.tickets(subject).getFirst());
  }

  private static Response post(String account, String path, @Nullable String key, String body) {
    var request =
        given()
            .header("Authorization", "Bearer " + Tokens.of(account, "buyer"))
            .contentType(ContentType.JSON);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.body(body).post(path);
  }
}
