package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SeenSpans;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.Tokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class TicketResourceTest {
  @Inject SeenSpans seen;

  @Test
  void ticketOpensItsStreamOnceAndAgainForAReaderThatComesBack() {
    Story story = new Story().created().heard(1);
    String ticket = ticket(story.buyerToken(), story.path("stream"));
    String last;
    try (SseClient stream = SseClient.open(story.path("stream"), ticket, null)) {
      last = stream.next(1).getFirst().id();
    }
    assertRefused(story.path("stream"), ticket, null);
    TestClock.advance(Duration.ofMinutes(9));
    story.assigned().heard(2);
    try (SseClient stream = SseClient.open(story.path("stream"), ticket, last)) {
      assertThat(stream.next(1).getFirst().data()).contains("EXECUTING");
    }
    TestClock.advance(Duration.ofSeconds(61));
    assertRefused(story.path("stream"), ticket, last);
  }

  @Test
  void ticketIsGoodForSixtySecondsAndOneAddress() {
    Story story = new Story().created().heard(1);
    String late = ticket(story.buyerToken(), story.path("stream"));
    String elsewhere =
        ticket(story.buyerToken(), "/api/v1/dashboard/messages/" + story.task() + "/stream");
    assertRefused(story.path("stream"), elsewhere, null);
    assertRefused(story.path("stream"), elsewhere, "1");
    given().queryParam("token", late).get(story.path("timeline")).then().statusCode(401);
    as(late).get(story.path("stream")).then().statusCode(401);
    TestClock.advance(Duration.ofSeconds(60));
    assertRefused(story.path("stream"), late, null);
    assertRefused(story.path("stream"), late, "1");
    assertRefused(story.path("stream"), "est_" + "A".repeat(43), null);
  }

  @Test
  void oneOfManyAtOnceGetsTheStream() {
    Story story = new Story().created().heard(1);
    String ticket = ticket(story.buyerToken(), "/api/v1/notifications/stream");
    AtomicInteger opened = new AtomicInteger();
    IntStream.range(0, 8)
        .parallel()
        .forEach(_ -> {
          try (SseClient _ = SseClient.open("/api/v1/notifications/stream", ticket, null)) {
            opened.incrementAndGet();
          } catch (AssertionError refused) {
            assertThat(refused).hasMessage("status 401");
          }
        });
    assertThat(opened).hasValue(1);
  }

  @Test
  void ticketGivesNoMoreThanItsHolderMaySee() {
    Story story = new Story().created().heard(1);
    String ticket = ticket(Tokens.of("stranger", "buyer"), story.path("stream"));
    given()
        .queryParam("token", ticket)
        .accept("text/event-stream")
        .get(story.path("stream"))
        .then()
        .statusCode(404);
  }

  @Test
  void ticketReachesNoTrace() {
    Story story = new Story().created().say("cancelled", "CANCELLED").heard(2);
    String ticket = ticket(story.buyerToken(), story.path("stream"));
    given()
        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01")
        .queryParam("token", ticket)
        .get(story.path("stream"))
        .then()
        .statusCode(200);
    assertThat(seen.spans()).noneMatch(span -> span.contains(ticket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/api/v1/tasks",
        "/api/v1/tasks/7/timeline",
        "/api/v1/tasks/7/stream?token=x",
        "https://elsewhere.example/api/v1/tasks/7/stream",
        "/api/v1/tasks/../stream",
        "/api/v1/tasks/7/8/stream",
      })
  void onlyStreamsHaveTickets(String path) {
    as(Tokens.of("careless", "buyer"))
        .contentType("application/json")
        .body(Map.of("path", path))
        .post("/api/v1/stream-tickets")
        .then()
        .statusCode(400)
        .body("code", equalTo("validation_failed"));
  }

  @Test
  void ticketNeedsAToken() {
    given()
        .contentType("application/json")
        .body(Map.of("path", "/api/v1/notifications/stream"))
        .post("/api/v1/stream-tickets")
        .then()
        .statusCode(401);
    as(Tokens.of("careless", "buyer"))
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/stream-tickets")
        .then()
        .statusCode(400);
  }

  private static String ticket(String token, String path) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("path", path))
        .post("/api/v1/stream-tickets")
        .then()
        .statusCode(201)
        .body("success", equalTo(true))
        .extract()
        .path("ticket");
  }

  private static void assertRefused(String path, String ticket, @Nullable String lastEventId) {
    var request = given().queryParam("token", ticket).accept("text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    request.get(path).then().statusCode(401).body("code", equalTo("unauthorized"));
  }
}
