package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.earnest.escrow.domain.ApiKey;
import dev.earnest.escrow.domain.HoldCommand;
import dev.earnest.escrow.domain.SpendCaps;
import dev.earnest.escrow.domain.TaskFacts;
import dev.earnest.escrow.domain.TaskNews;
import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.kit.money.Money;
import dev.earnest.testkit.Contracts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contracts of what this service consumes: it reads the examples.
class TaskNewsReaderTest {
  private static final UUID TASK = UUID.fromString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
  private static final UUID DISPUTE = UUID.fromString("0199f1d9-4200-7f0a-a1b2-c3d4e5f60718");

  @Test
  void createdAsksForTheBudget() {
    assertThat(command("created")).isEqualTo(new HoldCommand.Fund(usdc(50), null));
  }

  @Test
  void createdByAnApiKeyCarriesItsCaps() {
    String keyed =
        Contracts.example("earnest.task.created.v1")
            .replace(
                "\"apiKey\": null",
                "\"apiKey\": {\"id\": \"%s\", \"perTask\": 60.00, \"perDay\": null}"
                    .formatted(DISPUTE));
    Contracts.assertKept("earnest.task.created.v1", keyed);

    assertThat(read("earnest.task.created.v1", keyed).command())
        .isEqualTo(
            new HoldCommand.Fund(usdc(50), new ApiKey(DISPUTE, new SpendCaps(usdc(60), null))));
  }

  @Test
  void createdWithoutBudgetAsksForNothing() {
    String free = Contracts.example("earnest.task.created.v1").replace("50.00", "0");

    assertThat(read("earnest.task.created.v1", free).command()).isNull();
  }

  @Test
  void assignedTellsTheAgreedPrice() {
    assertThat(command("assigned")).isEqualTo(new HoldCommand.Agree(usdc(50), 1));
  }

  @Test
  void completedReleasesToThePayee() {
    assertThat(command("completed")).isEqualTo(new HoldCommand.Release("agent-1", usdc(50)));
  }

  @Test
  void rulingIsSettledHoweverTheTaskEnds() {
    assertThat(command("cancelled"))
        .isEqualTo(
            new HoldCommand.Settle("agent-1", DISPUTE, "REFUND_BUYER", new BigDecimal("100")));
    String ruled =
        Contracts.example("earnest.task.completed.v1")
            .replace(
                "\"ruling\": null",
                """
                "ruling": {"disputeId": "%s", "resolution": "SPLIT", "refundPercentage": 33.5}
                """
                    .formatted(DISPUTE));
    assertThat(read("earnest.task.completed.v1", ruled).command())
        .isEqualTo(new HoldCommand.Settle("agent-1", DISPUTE, "SPLIT", new BigDecimal("33.5")));
  }

  @Test
  void endsWithoutWorkRefundWithTheirReason() {
    assertThat(command("failed")).isEqualTo(new HoldCommand.Refund("timeout"));
    assertThat(command("expired")).isEqualTo(new HoldCommand.Refund("no_agent_found"));
  }

  @Test
  void disputeFreezesAndRedeliveryThaws() {
    assertThat(command("disputed")).isEqualTo(new HoldCommand.Freeze());
    assertThat(command("redelivery_started")).isEqualTo(new HoldCommand.Thaw());
  }

  @Test
  void reportedStateAsksForWhatItsOwnEventWouldHave() {
    assertThat(reported("COMPLETED")).isEqualTo(new HoldCommand.Release("agent-1", usdc(50)));
    assertThat(reported("FAILED")).isEqualTo(new HoldCommand.Refund("failed"));
    assertThat(reported("CANCELLED")).isEqualTo(new HoldCommand.Refund("cancelled"));
    assertThat(reported("EXPIRED")).isEqualTo(new HoldCommand.Refund("expired"));
    assertThat(reported("DISPUTED")).isEqualTo(new HoldCommand.Freeze());
    assertThat(reported("PENDING")).isNull();
    assertThat(reported("MATCHING")).isNull();
    List.of("EXECUTING", "AWAITING_INPUT", "ON_HOLD", "DELIVERED")
        .forEach(
            status -> assertThat(reported(status)).isEqualTo(new HoldCommand.Agree(usdc(50), 1)));
  }

  private static @Nullable HoldCommand reported(String status) {
    String report =
        Contracts.example("earnest.task.state_reported.v1").replace("COMPLETED", status);
    Contracts.assertKept("earnest.task.state_reported.v1", report);
    HoldCommand.Align align =
        (HoldCommand.Align)
            Objects.requireNonNull(read("earnest.task.state_reported.v1", report).command());
    assertThat(align.status()).isEqualTo(status);
    return align.wanted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matching",
        "progressed",
        "delivered",
        "released",
        "revision_requested",
        "review_resumed",
        "input_requested",
        "input_given",
        "put_on_hold",
        "resumed",
        "dispute_refused"
      })
  void otherEventsOnlyTellOfTheTask(String what) {
    TaskNews news = example(what);

    assertThat(news.command()).isNull();
    assertThat(news.task().id()).isEqualTo(TASK);
  }

  @Test
  void taskPartIsReadWhole() {
    String followed =
        Contracts.example("earnest.task.created.v1")
            .replace("\"followers\": []", "\"followers\": [\"eve@local\"]")
            .replace("\"assignees\": []", "\"assignees\": [\"max\", \"eve@local\"]");

    assertThat(read("earnest.task.created.v1", followed).task())
        .isEqualTo(
            new TaskFacts(
                TASK, "buyer-1", "agent-1", null, List.of("max", "eve@local"), "PENDING", 1));
  }

  @Test
  void eventWithoutItsTaskIsAnErrorAndNotIgnored() {
    assertThatThrownBy(() -> read("earnest.task.created.v1", "{}")).hasMessageContaining("shape");
  }

  private static Object command(String what) {
    HoldCommand command = example(what).command();
    return command == null ? "nothing" : command;
  }

  private static TaskNews example(String what) {
    String type = "earnest.task." + what + ".v1";
    return read(type, Contracts.example(type));
  }

  private static TaskNews read(String type, String json) {
    ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    new JsonRules().customize(mapper);
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    return TaskNewsReader.read(
            new Event(
                TASK,
                Topics.TASK,
                TASK.toString(),
                type,
                TASK.toString(),
                Instant.EPOCH,
                null,
                data,
                mapper))
        .orElseThrow();
  }

  private static Money usdc(long units) {
    return new Money(units * 1_000_000, Money.USDC);
  }
}
