package dev.earnest.messaging;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task's story as the other services would tell it: the contracts' examples, about one new task
/// of parties of its own.
public final class Story {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UUID task = UuidCreator.getTimeOrderedEpoch();
  private final UUID agent = UuidCreator.getTimeOrderedEpoch();
  private final String name = task.toString().substring(24);
  private String buyer = "buyer-" + name;
  private @Nullable String callbackUrl;
  private @Nullable String team;
  private String status = "PENDING";
  private @Nullable String previousStatus;
  private long version;

  public UUID task() {
    return task;
  }

  public UUID agent() {
    return agent;
  }

  public String buyer() {
    return buyer;
  }

  public String agentAccount() {
    return "agent-" + name;
  }

  public String buyerToken() {
    return Tokens.of(buyer(), "buyer");
  }

  public String agentToken() {
    return Tokens.of(agentAccount(), "agent");
  }

  public Story ofBuyer(String account) {
    buyer = account;
    return this;
  }

  public Story callback(String url) {
    callbackUrl = url;
    return this;
  }

  public Story onBoardOf(String board) {
    team = board;
    return this;
  }

  public Story created() {
    return say("created", "PENDING");
  }

  public Story createdWithoutAgent() {
    return say("created", "PENDING", this::withoutAgent);
  }

  public void withoutAgent(ObjectNode event) {
    ((ObjectNode) event.get("task")).putNull("agent").putNull("agentAccount");
  }

  public Story assigned() {
    return say("assigned", "EXECUTING");
  }

  public Story progressed(int progress, String message) {
    return say(
        "progressed", status, event -> event.put("progress", progress).put("message", message));
  }

  public Story delivered() {
    return say("delivered", "DELIVERED");
  }

  public Story completed() {
    return say("completed", "COMPLETED");
  }

  /// As an agent that nobody reviews completes it.
  public Story completedWith(String output) {
    return say(
        "completed",
        "COMPLETED",
        event -> {
          ObjectNode delivery = event.putObject("delivery");
          delivery.put("resultSummary", "done").put("output", output);
          delivery.putArray("artifacts");
          delivery.put("deliveredAt", "2026-03-11T14:45:00.000Z");
        });
  }

  public Story say(String what, String newStatus) {
    return say(what, newStatus, _ -> {});
  }

  public Story say(String what, String newStatus, Consumer<ObjectNode> edit) {
    if (!newStatus.equals(status) || version == 0) {
      previousStatus = version == 0 ? null : status;
      status = newStatus;
    }
    String type = "earnest.task." + what + ".v1";
    ObjectNode event = example(type);
    ((ObjectNode) event.get("task"))
        .put("id", task.toString())
        .put("buyer", buyer())
        .put("agent", agent.toString())
        .put("agentAccount", agentAccount())
        .put("status", status)
        .put("previousStatus", previousStatus)
        .put("callbackUrl", callbackUrl)
        .put("team", team)
        .put("version", ++version);
    edit.accept(event);
    Contracts.assertKept(type, event.toString());
    TestKafka.publish("task.events", task.toString(), type, event.toString());
    return this;
  }

  /// Something that escrow-service or dispute-service says of the task.
  public Story aside(String topic, String type) {
    return aside(topic, type, _ -> {});
  }

  public Story aside(String topic, String type, Consumer<ObjectNode> edit) {
    ObjectNode event = example(type).put("taskId", task.toString());
    edit.accept(event);
    TestKafka.publish(topic, task.toString(), type, event.toString());
    return this;
  }

  /// Something that escrow-service says of the task's money.
  public Story paid(String what) {
    return aside(
        "escrow.events",
        "earnest.escrow." + what + ".v1",
        event -> {
          event.put("payer", buyer());
          if (event.has("payee")) {
            event.put("payee", agentAccount());
          }
        });
  }

  public Story agentIsKnown() {
    return agentWantsWebhooks(null, null).agentKnown();
  }

  public Story agentWantsWebhooks(@Nullable String url, @Nullable String sealedSecret) {
    String type = "earnest.agent.changed.v1";
    ObjectNode event =
        example(type)
            .put("id", agent.toString())
            .put("account", agentAccount())
            .put("webhookUrl", url)
            .put("webhookSecret", sealedSecret);
    TestKafka.publish("identity.events", agent.toString(), type, event.toString());
    return this;
  }

  /// identity.events and task.events are read side by side; only the database shows which came
  /// first.
  public Story agentKnown() {
    await().until(() -> TestDatabase.has("SELECT FROM agents WHERE id = ?", agent));
    return this;
  }

  /// Waits until the service has written down so many events of the task, of which it may not even
  /// know yet.
  public Story heard(int entries) {
    await().until(() -> timelineLength() >= entries);
    return this;
  }

  private int timelineLength() {
    var answer = as(Tokens.of("root", "admin")).get(path("timeline?limit=100"));
    return answer.statusCode() == 404
        ? 0
        : answer.then().statusCode(200).extract().jsonPath().getList("timeline").size();
  }

  /// Says something to the other side.
  public ValidatableResponse post(String token, String content) {
    return as(token)
        .contentType("application/json")
        .body(Map.of("content", content))
        .post("/api/v1/dashboard/messages/" + task)
        .then();
  }

  /// The buyer's log of webhook deliveries.
  public JsonPath deliveries() {
    return as(buyerToken()).get("/api/v1/webhooks/deliveries").jsonPath();
  }

  public List<String> deliveryStates() {
    return deliveries().getList("deliveries.state");
  }

  public void awaitDelivery(String state) {
    await().until(() -> deliveryStates().contains(state));
  }

  public String path(String rest) {
    return "/api/v1/tasks/" + task + "/" + rest;
  }

  public static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }

  private static ObjectNode example(String type) {
    try {
      return (ObjectNode) JSON.readTree(Contracts.example(type));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
