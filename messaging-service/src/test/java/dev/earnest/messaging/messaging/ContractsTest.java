package dev.earnest.messaging.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earnest.kit.event.Event;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.messaging.domain.Heard;
import dev.earnest.messaging.domain.TaskState;
import dev.earnest.testkit.Contracts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What this service reads of other services' events is in their contracts.
class ContractsTest {
  private static final String TASK = "0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01";
  private static final ObjectMapper JSON = mapper();

  @ParameterizedTest
  @CsvSource({
    "created, PENDING, ,",
    "matching, MATCHING, ,",
    "assigned, EXECUTING, , task.executing",
    "progressed, EXECUTING, progress,",
    "delivered, DELIVERED, delivery, task.delivered",
    "revision_requested, EXECUTING, , task.revision_requested",
    "input_requested, AWAITING_INPUT, message,",
    "input_given, EXECUTING, message,",
    "put_on_hold, ON_HOLD, ,",
    "resumed, EXECUTING, ,",
    "released, PENDING, ,",
    "disputed, DISPUTED, , task.disputed",
    "dispute_refused, COMPLETED, ,",
    "redelivery_started, EXECUTING, , task.executing",
    "review_resumed, DELIVERED, , task.delivered",
    "completed, COMPLETED, , task.completed",
    "failed, FAILED, , task.failed",
    "cancelled, CANCELLED, , task.cancelled",
    "expired, EXPIRED, , task.expired",
  })
  void readsTaskEvents(String what, String status, String news, String webhook) {
    Heard heard = new TaskReader(JSON).read(event("earnest.task." + what + ".v1"));

    assertThat(heard.task()).hasToString(TASK);
    assertThat(heard.type()).isEqualTo("task." + what);
    TaskState state = Objects.requireNonNull(heard.state());
    assertThat(state.status()).isEqualTo(status);
    assertThat(state.buyer()).isEqualTo("buyer-1");
    assertThat(state.callbackUrl()).isEqualTo("https://buyer.example/webhooks/earnest");
    assertThat(heard.data().has("task")).isFalse();
    String told = heard.news().stream().map(Heard.News::name).findFirst().orElse(null);
    assertThat(heard.said() == null ? told : "message").isEqualTo(news);
    assertThat(heard.announcement() == null ? null : heard.announcement().toCallback())
        .isEqualTo(webhook);
  }

  @Test
  void readsWhatIsSpecialToSomeTaskEvents() {
    assertThat(news("progressed").toString())
        .isEqualTo(
            "{\"progress\":45,\"message\":\"Database schema designed.\","
                + "\"stage\":\"implementation\"}");
    assertThat(news("delivered").path("artifacts").path(0).path("title").asText())
        .isEqualTo("API Source Code");
    assertThat(details("completed").path("price").decimalValue()).isEqualByComparingTo("50.00");
    assertThat(details("cancelled").path("reason").asText()).isEqualTo("ruling");
    assertThat(details("revision_requested").path("note").asText()).startsWith("Coverage");
    assertThat(details("disputed").path("disputeId").asText()).startsWith("0199f1d9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "escrow.held",
        "escrow.refused",
        "escrow.released",
        "escrow.refunded",
        "escrow.frozen",
        "escrow.thawed",
        "escrow.settled",
        "dispute.opened",
        "dispute.refused",
        "dispute.resolved",
        "dispute.evidence_submitted"
      })
  void readsWhichTaskOthersSpeakOf(String what) {
    AboutTask about = event("earnest." + what + ".v1").as(AboutTask.class);
    assertThat(about.taskId()).hasToString(TASK);
  }

  @Test
  void readsAgents() {
    Event changed = event("earnest.agent.changed.v1");
    var agent = changed.as(AgentChanged.class).agent(changed.as(AgentChanged.Profile.class), JSON);
    assertThat(agent.account()).isEqualTo("agent-1");
    assertThat(agent.name()).isEqualTo("Ada");
    assertThat(agent.version()).isEqualTo(1);
    assertThat(agent.profile()).contains("\"name\":\"Ada\"").doesNotContain("webhook");
  }

  @Test
  void readsWhatServicesTellOfDeadLetters() {
    var parked = event("earnest.dead_letter.parked.v1").as(DeadLetterEvents.Parked.class).news();
    assertThat(parked.service()).isEqualTo("escrow-service");
    assertThat(parked.task()).hasToString(TASK);
    assertThat(parked.reason()).startsWith("UncheckedIOException");
    var replayed = event("earnest.dead_letter.replayed.v1").as(DeadLetterEvents.Replayed.class);
    assertThat(replayed.attempts()).isEqualTo(1);
    assertThat(replayed.refused()).isNull();
    var failed = event("earnest.dead_letter.replay_failed.v1").as(DeadLetterEvents.Failed.class);
    assertThat(failed.eventId()).isEqualTo(parked.eventId());
    assertThat(failed.reason()).startsWith("PSQLException");
  }

  private static JsonNode news(String what) {
    return new TaskReader(JSON)
        .read(event("earnest.task." + what + ".v1"))
        .news()
        .getFirst()
        .data();
  }

  private static JsonNode details(String what) {
    Heard heard = new TaskReader(JSON).read(event("earnest.task." + what + ".v1"));
    return Objects.requireNonNull(heard.announcement()).ofTask();
  }

  private static Event event(String type) {
    byte[] data = Contracts.example(type).getBytes(StandardCharsets.UTF_8);
    Instant time = Instant.parse("2026-03-11T10:30:00Z");
    return new Event(UUID.randomUUID(), "topic", TASK, type, TASK, time, null, data, JSON);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    new JsonRules().customize(mapper);
    return mapper;
  }
}
