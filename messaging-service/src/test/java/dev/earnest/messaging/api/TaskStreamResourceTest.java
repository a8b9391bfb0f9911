package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SeenSpans;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.SseClient.Sse;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Tokens;
import io.agroal.api.AgroalDataSource;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealService
class TaskStreamResourceTest {
  private static final int CUTS = 50;

  @Inject SeenSpans seen;
  @Inject AgroalDataSource database;

  @Test
  void tellsTheWholeStoryInOrderAndEnds() {
    Story story = new Story().created().heard(1);
    try (SseClient stream = open(story, null)) {
      story.assigned().progressed(45, "Schema designed").delivered().completed();
      List<Sse> events = stream.toEnd();

      assertThat(events)
          .extracting(Sse::name)
          .containsExactly("status", "status", "progress", "delivery", "status", "status", "done");
      assertThat(events.get(0).data()).contains("\"PENDING\"", "\"previousStatus\":null");
      assertThat(events.get(1).data()).contains("\"EXECUTING\"", "\"previousStatus\":\"PENDING\"");
      assertThat(events.get(2).data())
          .contains("\"progress\":45", "\"message\":\"Schema designed\"", "\"stage\"");
      assertThat(events.get(3).data()).contains("\"resultSummary\"", "\"artifacts\":[{");
      assertThat(events.get(6).data()).contains("\"status\":\"COMPLETED\"", "\"timestamp\":\"");
      assertThat(events).extracting(Sse::number).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void questionAndAnswerAreMessages() {
    Story story = new Story().created().assigned().heard(2);
    try (SseClient stream = open(story, null)) {
      stream.next(1);
      story.say("input_requested", "AWAITING_INPUT").say("input_given", "EXECUTING");
      List<Sse> events = stream.next(4);
      assertThat(events)
          .extracting(Sse::name)
          .containsExactly("message", "status", "message", "status");
      assertThat(events.get(0).data())
          .contains("\"senderRole\":\"AGENT\"", "\"content\":\"Which database?\"");
      assertThat(events.get(2).data())
          .contains("\"senderRole\":\"BUYER\"", "\"content\":\"PostgreSQL\"");
    }
  }

  @Test
  void readerWhoseConnectionIsCutAtRandomMissesNothingAndSeesNothingTwice() {
    Story story = new Story().created().heard(1);
    Random random = new Random(7);
    List<Sse> seen = new ArrayList<>();
    String last;
    try (SseClient stream = open(story, null)) {
      seen.addAll(stream.next(1));
      last = seen.getLast().id();
    }
    story.assigned();
    int told = 0;
    for (int cut = 0; cut < CUTS; cut++) {
      int more = random.nextInt(3);
      for (int i = 0; i < more; i++) {
        story.progressed(told % 100, "step " + told++);
      }
      int open = told + 2 - seen.size();
      try (SseClient stream = open(story, last)) {
        seen.addAll(stream.next(random.nextInt(open + 1)));
        last = seen.getLast().id();
      }
    }
    story.completed();
    try (SseClient stream = open(story, last)) {
      seen.addAll(stream.toEnd());
    }
    long first = seen.getFirst().number();
    List<Long> expected = IntStream.range(0, told + 4).mapToObj(i -> first + i).toList();
    assertThat(seen).extracting(Sse::number).isEqualTo(expected);
    assertThat(seen.getLast().name()).isEqualTo("done");
  }

  @Test
  void finalTaskSaysItsStatusAndIsDoneAndWhoHasSeenThatGets204() {
    Story story = new Story().created().say("cancelled", "CANCELLED").heard(2);
    List<Sse> events;
    try (SseClient stream = open(story, null)) {
      events = stream.toEnd();
    }
    assertThat(events).extracting(Sse::name).containsExactly("status", "done");
    assertThat(events.getFirst().data()).contains("\"CANCELLED\"");
    as(story.buyerToken())
        .header("Last-Event-ID", events.getLast().id())
        .get(story.path("stream"))
        .then()
        .statusCode(204);
    try (SseClient stream = open(story, events.getFirst().id())) {
      assertThat(stream.toEnd()).extracting(Sse::name).containsExactly("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-1", "9007199254740993", "99999999999999999999", "abc", "1e3"})
  void forgedIdCountsAsNone(String forged) {
    Story story = new Story().created().heard(1);
    try (SseClient stream = open(story, forged)) {
      assertThat(stream.next(1).getFirst().data()).contains("\"status\":\"PENDING\"");
    }
  }

  @Test
  void idOfAnotherTaskCountsAsNone() {
    Story other = new Story().created().assigned().heard(2);
    Story story = new Story().created().assigned().heard(2);
    String foreign;
    try (SseClient stream = open(other, null)) {
      foreign = stream.next(1).getFirst().id();
    }
    try (SseClient stream = open(story, foreign)) {
      Sse first = stream.next(1).getFirst();
      assertThat(first.name()).isEqualTo("status");
      assertThat(first.data()).contains("\"EXECUTING\"");
      assertThat(first.id()).isNotEqualTo(foreign);
    }
  }

  @Test
  void whoMayNotReadTheTaskGetsAProblem() {
    Story story = new Story().created().heard(1);
    given().get(story.path("stream")).then().statusCode(401).body("code", equalTo("unauthorized"));
    for (String bad :
        List.of(
            "x",
            Tokens.expired(story.buyer(), "buyer"),
            Tokens.unsigned(story.buyer(), "buyer"),
            Tokens.withOtherKey(story.buyer(), "buyer"),
            Tokens.forAudience("else", story.buyer(), "buyer"))) {
      given()
          .queryParam("token", bad)
          .accept("text/event-stream")
          .get(story.path("stream"))
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("unauthorized"));
    }
    as(Tokens.of("stranger", "buyer", "agent"))
        .accept("text/event-stream")
        .get(story.path("stream"))
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("not_found"));
  }

  @Test
  void tokenInTheQueryOpensNothingButStreams() {
    Story story = new Story().created().heard(1);
    given()
        .queryParam("token", story.buyerToken())
        .get(story.path("timeline"))
        .then()
        .statusCode(401);
  }

  @Test
  void tokenInTheQueryReachesNoTrace() {
    Story story = new Story().created().say("cancelled", "CANCELLED").heard(2);
    String token = story.buyerToken();
    given()
        .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        .queryParam("token", token)
        .get(story.path("stream"))
        .then()
        .statusCode(200);
    await().until(() -> seen.spans().stream().anyMatch(span -> span.contains("/stream")));
    assertThat(seen.spans()).noneMatch(span -> span.contains(token));
  }

  @Test
  void whatAnotherReplicaCommitsReachesTheStream() throws SQLException {
    Story story = new Story().created().heard(1);
    try (SseClient stream = open(story, null)) {
      long newest = stream.next(1).getFirst().number();
      try (Connection connection = database.getConnection();
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  WITH head AS (UPDATE tasks SET stream_id = stream_id + 1 WHERE id = ?
                    RETURNING id, stream_id)
                  INSERT INTO stream_events (task, id, name, data)
                  SELECT id, stream_id, 'progress', '{"progress": 1}' FROM head
                  """)) {
        insert.setObject(1, story.task());
        insert.executeUpdate();
      }
      Sse event = stream.next(1).getFirst();
      assertThat(event.number()).isEqualTo(newest + 1);
      assertThat(event.data()).isEqualTo("{\"progress\": 1}");
    }
  }

  @Test
  void formerAgentIsToldNothingMore() {
    Story story = new Story().created().assigned().heard(2);
    String agent = Tokens.of(story.agentAccount(), "agent");
    try (SseClient stream = SseClient.open(story.path("stream"), agent, null)) {
      stream.next(1);
      story.say(
          "released",
          "PENDING",
          event -> ((ObjectNode) event.get("task")).putNull("agent").putNull("agentAccount"));
      assertThat(stream.toEnd()).isEmpty();
    }
  }

  @Test
  void streamStartsWithRetryAndIsNeverSilent() {
    Story story = new Story().created().heard(1);
    try (SseClient stream = open(story, null)) {
      stream.next(1);
      stream.awaitComment(line -> line.startsWith("retry: "));
      stream.awaitComment(line -> line.startsWith(":"));
    }
  }

  @Test
  void readerThatStopsReadingIsDroppedAndDelaysNobody() throws IOException {
    Story story = new Story().created().assigned().heard(2);
    String large = "x".repeat(400_000);
    try (Socket stalled = stalledReader(story);
        SseClient reading = open(story, null)) {
      reading.next(1);
      IntStream.range(0, 30).forEach(step -> story.progressed(step, large));
      assertThat(reading.next(30)).extracting(Sse::name).containsOnly("progress");
      await().until(() -> isCut(stalled));
    }
  }

  /// Asks for a stream and never reads it.
  private static Socket stalledReader(Story story) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
    String request =
        "GET "
            + story.path("stream")
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + story.buyerToken()
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /// A connection that the other side has reset takes no more bytes.
  private static boolean isCut(Socket socket) {
    try {
      socket.getOutputStream().write('\n');
      socket.getOutputStream().flush();
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static SseClient open(Story story, @Nullable String lastEventId) {
    return SseClient.open(story.path("stream"), story.buyerToken(), lastEventId);
  }
}
