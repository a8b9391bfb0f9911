package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.SseClient.Sse;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Tokens;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@RealService
class AgentStreamResourceTest {
  @Test
  void tellsTheAgentWhatHappensToItsTasks() {
    Story story = new Story().agentIsKnown().created().heard(1);
    String last;
    try (SseClient stream = open(story, null)) {
      Sse first = stream.next(1).getFirst();
      assertThat(first.name()).isEqualTo("ready");
      assertThat(first.data()).isEqualTo("{\"agentId\":\"" + story.agent() + "\"}");
      story.assigned().heard(2);
      story.post(story.buyerToken(), "Please hurry");
      story.progressed(5, "at work").delivered();
      story.say("revision_requested", "EXECUTING");

      List<Sse> events = stream.next(4);

      assertThat(events)
          .extracting(Sse::name)
          .containsExactly(
              "task.assigned", "message.created", "task.delivered", "task.revision_requested");
      assertThat(events.get(0).data())
          .startsWith("{\"type\":\"task.assigned\",\"timestamp\":\"")
          .contains(
              "\"data\":{\"task\":{\"id\":\"" + story.task(),
              "\"title\":\"Build a REST API",
              "\"status\":\"EXECUTING\"",
              "\"price\":50.0")
          .containsPattern("\"timestamp\":\"[^\"]*\\.\\d{3}Z\"");
      assertThat(events.get(1).data()).contains("\"content\":\"Please hurry\"");
      last = events.get(1).id();
    }
    story.say("released", "PENDING", story::withoutAgent).heard(7);
    try (SseClient stream = open(story, last)) {
      assertThat(stream.next(3))
          .extracting(Sse::name)
          .containsExactly("task.delivered", "task.revision_requested", "task.unassigned");
    }
  }

  @Test
  void readerOfAnEmptyInboxMissesNothingWhileItIsAway() {
    Story story = new Story().agentIsKnown();
    String last;
    try (SseClient stream = open(story, null)) {
      last = stream.next(1).getFirst().id();
    }
    story.created().assigned().heard(2);
    try (SseClient stream = open(story, last)) {
      assertThat(stream.next(2))
          .extracting(Sse::name)
          .containsExactly("task.created", "task.assigned");
    }
  }

  @Test
  void inboxIsItsOwnersOnly() {
    Story story = new Story().agentIsKnown().created().heard(1);
    String path = "/api/v1/agents/" + story.agent() + "/stream";
    as(story.buyerToken()).accept("text/event-stream").get(path).then().statusCode(404);
    as("x").accept("text/event-stream").get(path).then().statusCode(401);
    for (String nobody : List.of("7", UUID.randomUUID().toString())) {
      as(Tokens.of("root", "admin"))
          .accept("text/event-stream")
          .get("/api/v1/agents/" + nobody + "/stream")
          .then()
          .statusCode(404);
    }
  }

  private static SseClient open(Story story, @Nullable String lastEventId) {
    return SseClient.open(
        "/api/v1/agents/" + story.agent() + "/stream", story.agentToken(), lastEventId);
  }
}
