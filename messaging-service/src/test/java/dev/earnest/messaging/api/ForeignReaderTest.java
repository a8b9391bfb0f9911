package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.earnest.messaging.CuttingProxy;
import dev.earnest.messaging.EventSourceProgram;
import dev.earnest.messaging.RealService;
import dev.earnest.messaging.SseClient;
import dev.earnest.messaging.SseClient.Sse;
import dev.earnest.messaging.Story;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our streams, read by an EventSource that nobody here wrote. `java.net.http` reads them in all the
/// other tests.
@RealService
class ForeignReaderTest {
  private static final int CUTS = 6;

  @BeforeAll
  static void install() {
    assumeTrue(EventSourceProgram.canRun(), "needs Node.js with npm");
    EventSourceProgram.install();
  }

  @Test
  void eventSourceWithATicketSeesEverythingOnceOverLostConnectionsAndStopsAtTheEnd()
      throws IOException {
    Story story = new Story().created().heard(1);
    String path = story.path("stream");
    String ticket =
        as(story.buyerToken())
            .contentType("application/json")
            .body(Map.of("path", path))
            .post("/api/v1/stream-tickets")
            .then()
            .statusCode(201)
            .extract()
            .path("ticket");
    try (CuttingProxy proxy = new CuttingProxy(CUTS);
        EventSourceProgram reader =
            EventSourceProgram.open(
                proxy.url(path + "?token=" + ticket),
                "status",
                "progress",
                "delivery",
                "message",
                "done")) {
      reader.await(1);
      story.assigned();
      IntStream.range(0, 80)
          .forEach(step -> story.progressed(step, "step " + step + " " + "x".repeat(100)));
      story.heard(82).post(story.agentToken(), "Nearly done");
      story.delivered().completed();

      // status, status, 80 × progress, message, delivery, status, status, done, and the end
      List<Sse> events = reader.await(88);

      assertThat(proxy.cutsLeft()).isZero();
      assertThat(reader.lost()).isGreaterThanOrEqualTo(CUTS);
      assertThat(events).hasSize(88);
      assertThat(events.getLast()).isEqualTo(new Sse("", "closed", "204"));
      List<Sse> told = events.subList(0, 87);
      long first = told.getFirst().number();
      assertThat(told)
          .extracting(Sse::number)
          .isEqualTo(IntStream.range(0, 87).mapToObj(i -> first + i).toList());
      assertThat(told.getLast().name()).isEqualTo("done");
      assertThat(told).extracting(Sse::name).contains("message", "delivery");
    }
  }

  @Test
  void eventSourceReadsAConversationAsTheDocumentShows() {
    Story story = new Story().created().assigned().heard(2);
    String url =
        SseClient.url(
                "/api/v1/dashboard/messages/"
                    + story.task()
                    + "/stream?token="
                    + story.buyerToken())
            .toString();
    try (EventSourceProgram reader = EventSourceProgram.open(url, "message", "typing", "unread")) {
      reader.await(1);
      as(story.agentToken())
          .post("/api/v1/dashboard/messages/" + story.task() + "/typing")
          .then()
          .statusCode(200);
      reader.await(2);
      story.post(story.agentToken(), "Line one\nline two").statusCode(201);
      List<Sse> events = reader.await(3);
      assertThat(events).extracting(Sse::name).containsExactly("unread", "typing", "message");
      assertThat(events.get(1).data()).contains("\"senderRole\":\"AGENT\"");
      assertThat(events.get(2).data()).contains("\"content\":\"Line one\\nline two\"");
    }
  }
}
