package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.SseClient.Sse;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Tokens;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class MessageStreamResourceTest {
  private static final int CUTS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject AgroalDataSource database;

  @Test
  void carriesWhatBothSidesSayAndNothingElse() throws JsonProcessingException {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient stream = open(story, story.agentToken(), null)) {
      assertThat(stream.next(1).getFirst())
          .extracting(Sse::name, Sse::data)
          .containsExactly("unread", "{\"unreadCount\":0}");
      story.progressed(5, "at work").heard(3);
      story.post(story.buyerToken(), "Rate limits, please").statusCode(201);
      story.post(story.agentToken(), "Sure").statusCode(201);
      story.completed().heard(6);
      story.post(story.buyerToken(), "Thank you").statusCode(201);

      List<Sse> events = stream.next(3);

      assertThat(events).extracting(Sse::name).containsOnly("message");
      Map<?, ?> first = JSON.readValue(events.getFirst().data(), Map.class);
      Map<String, ?> read =
          as(story.buyerToken()).get(story.path("messages")).jsonPath().getMap("messages[0]");
      assertThat(first).isEqualTo(read);
      assertThat(events).extracting(Sse::data).last().asString().contains("Thank you");
    }
  }

  @Test
  void taskStreamCarriesMessagesToItsEnd() {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient stream = SseClient.open(story.path("stream"), story.buyerToken(), null)) {
      stream.next(1);
      story.post(story.agentToken(), "Hello");
      Sse message = stream.next(1).getFirst();
      assertThat(message.name()).isEqualTo("message");
      assertThat(message.data()).contains("\"senderRole\":\"AGENT\"", "\"content\":\"Hello\"");
      story.completed();
      assertThat(stream.toEnd()).extracting(Sse::name).endsWith("status", "done");
    }
    story.post(story.agentToken(), "Bye");
    try (SseClient stream = SseClient.open(story.path("stream"), story.buyerToken(), null)) {
      assertThat(stream.toEnd()).extracting(Sse::name).containsExactly("status", "done");
    }
  }

  @Test
  void readerWhoseConnectionIsCutAtRandomMissesNothingAndSeesNothingTwice() {
    Story story = new Story().created().assigned().heard(2);
    Random random = new Random(11);
    List<Sse> seen = new ArrayList<>();
    String last;
    try (SseClient stream = open(story, story.agentToken(), null)) {
      last = stream.next(1).getFirst().id();
    }
    int said = 0;
    for (int cut = 0; cut < CUTS; cut++) {
      for (int more = random.nextInt(3); more > 0; more--) {
        story.post(story.buyerToken(), "message " + said++).statusCode(201);
        story.progressed(said % 100, "in between");
      }
      try (SseClient stream = open(story, story.agentToken(), last)) {
        seen.addAll(stream.next(random.nextInt(said - seen.size() + 1)));
        last = seen.isEmpty() ? last : seen.getLast().id();
      }
    }
    try (SseClient stream = open(story, story.agentToken(), last)) {
      seen.addAll(stream.next(said - seen.size()));
    }
    List<String> expected =
        IntStream.range(0, said).mapToObj(i -> "\"content\":\"message " + i + "\"").toList();
    assertThat(seen).extracting(Sse::number).isSorted().doesNotHaveDuplicates();
    assertThat(seen).extracting(Sse::data).hasSize(said);
    IntStream.range(0, said).forEach(i -> assertThat(seen.get(i).data()).contains(expected.get(i)));
  }

  @Test
  void otherSideSeesWhoIsTyping() {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient stream = open(story, story.buyerToken(), null)) {
      stream.next(1);
      as(story.buyerToken()).post(dashboard(story) + "/typing").then().statusCode(200);
      as(story.agentToken())
          .post(dashboard(story) + "/typing")
          .then()
          .statusCode(200)
          .body("success", equalTo(true));
      Sse event = stream.next(1).getFirst();
      assertThat(event.name()).isEqualTo("typing");
      assertThat(event.id()).isEmpty();
      assertThat(event.data()).contains("\"senderRole\":\"AGENT\"", story.agent() + "");
    }
  }

  @Test
  void whatAnotherReplicaIsToldReachesTheReadersHere() throws SQLException {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient stream = open(story, story.buyerToken(), null);
        Connection connection = database.getConnection();
        PreparedStatement notify =
            connection.prepareStatement("SELECT pg_notify('earnest_streams', ?)")) {
      stream.next(1);
      notify.setString(1, "broken");
      notify.execute();
      notify.setString(
          1,
          """
          {"from": "%s", "streams": [], "typing": {"task": "%s", "account": "%s",
           "senderId": "ada", "senderRole": "AGENT"}}
          """
              .formatted(UUID.randomUUID(), story.task(), story.agentAccount()));
      notify.execute();
      assertThat(stream.next(1).getFirst().data()).contains("\"senderId\":\"ada\"");
    }
  }

  @Test
  void typingIsForTheTwoSides() {
    Story story = new Story().created().assigned().heard(2);
    String typing = dashboard(story) + "/typing";
    as(Tokens.of("stranger", "buyer")).post(typing).then().statusCode(404);
    as(Tokens.of("root", "admin")).post(typing).then().statusCode(403);
    given().post(typing).then().statusCode(401);
  }

  @Test
  void formerAgentIsNotShownWhoIsTypingAndToldNothingMore() {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient former = open(story, story.agentToken(), null);
        SseClient reading = open(story, Tokens.of("root", "admin"), null)) {
      former.next(1);
      reading.next(1);
      story.say("released", "PENDING", story::withoutAgent).heard(3);
      as(story.buyerToken()).post(dashboard(story) + "/typing").then().statusCode(200);
      assertThat(reading.next(1).getFirst().name()).isEqualTo("typing");
      story.post(story.buyerToken(), "Whoever is next");
      assertThat(former.toEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "abc", "-5", "9007199254740993", "99999999999999999999"})
  void forgedIdCountsAsNone(String forged) {
    Story story = new Story().created().heard(1);
    story.post(story.buyerToken(), "before");
    try (SseClient stream = open(story, story.buyerToken(), forged)) {
      assertThat(stream.next(1).getFirst().name()).isEqualTo("unread");
    }
  }

  @Test
  void idOfAnotherTaskCountsAsNone() {
    Story other = new Story().created().heard(1);
    String foreign =
        other.post(other.buyerToken(), "elsewhere").statusCode(201).extract().path("message.id");
    assertThat(foreign).isNotEmpty();
    String id;
    try (SseClient stream = open(other, other.buyerToken(), null)) {
      id = stream.next(1).getFirst().id();
    }
    Story story = new Story().created().heard(1);
    try (SseClient stream = open(story, story.buyerToken(), id)) {
      Sse first = stream.next(1).getFirst();
      assertThat(first.name()).isEqualTo("unread");
      assertThat(first.id()).isNotEqualTo(id);
    }
  }

  @Test
  void whoMayNotReadTheTaskGetsAProblem() {
    Story story = new Story().created().heard(1);
    String path = dashboard(story) + "/stream";
    given().get(path).then().statusCode(401).body("code", equalTo("unauthorized"));
    for (String bad : List.of("x", "est_x", Tokens.expired(story.buyer(), "buyer"))) {
      given()
          .queryParam("token", bad)
          .accept("text/event-stream")
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/problem+json");
    }
    as(Tokens.of("stranger", "buyer"))
        .accept("text/event-stream")
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  private static String dashboard(Story story) {
    return "/api/v1/dashboard/messages/" + story.task();
  }

  private static SseClient open(Story story, String token, @Nullable String lastEventId) {
    return SseClient.open(dashboard(story) + "/stream", token, lastEventId);
  }
}
