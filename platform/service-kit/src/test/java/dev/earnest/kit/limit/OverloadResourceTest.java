package dev.earnest.kit.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Gate;
import dev.earnest.testkit.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// With room for so few requests that a test fills it.
@KitTest
@TestProfile(OverloadResourceTest.Small.class)
class OverloadResourceTest {
  private static final int ROOM = 3;
  private static final String PROBE = "/api/v1/probe";

  @Inject Gate gate;

  public static class Small implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("earnest.http.max-requests", Integer.toString(ROOM));
    }
  }

  @Test
  void whatComesBeyondTheRoomIsSentAwayAtOnceAndThereIsRoomAgainLater() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> held = new ArrayList<>();
      for (int i = 0; i < ROOM; i++) {
        held.add(clients.submit(() -> ask("/held")));
      }
      try {
        Awaitility.await().until(gate::waiting, waiting -> waiting == ROOM);

        ask("")
            .then()
            .statusCode(503)
            .contentType("application/problem+json")
            .header("Retry-After", "1")
            .body("code", equalTo("overloaded"));
        given().get("/q/health/live").then().statusCode(200);
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
            .contains("earnest_http_shed_total 1.0")
            .contains("earnest_http_requests_in_hand 3.0");
      } finally {
        gate.open();
      }
      assertThat(statuses(held)).containsOnly(200);
    }
    for (int i = 0; i < 3 * ROOM; i++) {
      ask("").then().statusCode(200);
    }
  }

  private static List<Integer> statuses(List<Future<Response>> answers)
      throws ExecutionException, InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    for (Future<Response> answer : answers) {
      statuses.add(answer.get().statusCode());
    }
    return statuses;
  }

  private static Response ask(String path) {
    return given().auth().oauth2(Tokens.of("alice", "buyer")).get(PROBE + path);
  }
}
