package dev.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.earnest.kit.event.Topics;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Says of one task what task-service would say, and hears what is told of its money. Everything
/// said and heard keeps its contract.
public final class TaskTeller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id;
  private final String buyer;
  private final String agent;
  private int version;
  private String lastId = "";

  public TaskTeller(String buyer, String agent) {
    this(
        UuidCreator.getTimeOrderedEpoch(Instant.now().plus(TestClock.offset())).toString(),
        buyer,
        agent);
  }

  private TaskTeller(String id, String buyer, String agent) {
    this.id = id;
    this.buyer = buyer;
    this.agent = agent;
  }

  /// A task that was made so long ago that nobody waits for news of it.
  public static TaskTeller old(String buyer, String agent) {
    UUID id = UuidCreator.getTimeOrderedEpoch(Instant.parse("2025-01-01T00:00:00Z"));
    return new TaskTeller(id.toString(), buyer, agent);
  }

  public String id() {
    return id;
  }

  /// The id of the event that was told last.
  public String lastId() {
    return lastId;
  }

  public String buyer() {
    return buyer;
  }

  public String agent() {
    return agent;
  }

  public TaskTeller created(String budget) {
    return says("created", "PENDING", event -> event.put("budget", new BigDecimal(budget)));
  }

  /// Made with an API key.
  ///
  /// @param caps `"perTask": …, "perDay": …`
  public TaskTeller createdByKey(String budget, UUID key, String caps) {
    return says(
        "created",
        "PENDING",
        event ->
            event
                .put("budget", new BigDecimal(budget))
                .set("apiKey", read("{\"id\": \"" + key + "\", " + caps + "}")));
  }

  /// Says how the task is, asked or not.
  public TaskTeller reported(String status, Consumer<ObjectNode> change) {
    return says("state_reported", status, event -> change.accept(event.put("payee", agent)));
  }

  public TaskTeller assigned(String price) {
    return says("assigned", "EXECUTING", event -> event.put("price", new BigDecimal(price)));
  }

  public TaskTeller delivered() {
    return says("delivered", "DELIVERED", _ -> {});
  }

  public TaskTeller completed() {
    return says("completed", "COMPLETED", event -> event.put("payee", agent));
  }

  /// Ends without a ruling.
  ///
  /// @param end `failed`, `cancelled` or `expired`
  public TaskTeller ended(String end) {
    return says(end, end.toUpperCase(Locale.ROOT), event -> noRuling(event).put("reason", end));
  }

  public TaskTeller disputed() {
    return says("disputed", "DISPUTED", _ -> {});
  }

  public TaskTeller redeliveryStarted() {
    return says("redelivery_started", "EXECUTING", _ -> {});
  }

  public TaskTeller ruled(String resolution, String refundPercentage) {
    String end = resolution.equals("REFUND_BUYER") ? "cancelled" : "completed";
    return says(
        end,
        end.toUpperCase(Locale.ROOT),
        event -> ruling(event.put("payee", agent), resolution, refundPercentage));
  }

  public static void ruling(ObjectNode event, String resolution, String refundPercentage) {
    event
        .putObject("ruling")
        .put("disputeId", UUID.randomUUID().toString())
        .put("resolution", resolution)
        .put("refundPercentage", new BigDecimal(refundPercentage));
  }

  /// Tells an event of an example, changed; every call tells it under a new id.
  public TaskTeller says(String what, String status, Consumer<ObjectNode> change) {
    version++;
    String type = "earnest.task." + what + ".v1";
    lastId = TestKafka.publish(Topics.TASK, id, type, event(type, status, change));
    return this;
  }

  /// An event's value, for what is to be told in a way of its own.
  public String event(String type, String status, Consumer<ObjectNode> change) {
    ObjectNode event = (ObjectNode) read(Contracts.example(type));
    ((ObjectNode) event.get("task"))
        .put("id", id)
        .put("buyer", buyer)
        .put("agentAccount", agent)
        .put("status", status)
        .put("version", version);
    change.accept(event);
    Contracts.assertKept(type, event.toString());
    return event.toString();
  }

  /// Waits for what is told of the task's money.
  public JsonNode hears(String what) {
    String type = "earnest.escrow." + what + ".v1";
    var record = TestKafka.await(Topics.ESCROW, id, type);
    Contracts.assertKept(type, record.value());
    return read(record.value());
  }

  /// Everything told of the task's money so far, in order and without its prefix.
  public List<String> heard() {
    return TestKafka.records(Topics.ESCROW, id).stream()
        .map(record -> record.type().replaceAll("earnest\\.escrow\\.(.*)\\.v1", "$1"))
        .toList();
  }

  /// Waits until everything told so far has been handled: one more event, which moves nothing on a
  /// topic in order, has had its effect.
  public void settles() {
    String witness = "witness-" + UUID.randomUUID();
    says(
        "progressed", "EXECUTING", event -> event.with("task").withArray("followers").add(witness));
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(
                    EscrowTests.as(witness, "buyer")
                        .get("/api/v1/tasks/{id}/payments", id)
                        .statusCode())
                .isEqualTo(200));
  }

  private static ObjectNode noRuling(ObjectNode event) {
    event.putNull("ruling");
    event.putNull("payee");
    return event;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
