package dev.earnest.dispute;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One task with a buyer and an agent of its own, and task-service's side of the conversation.
public final class Stage {
  private static final ObjectMapper JSON = new ObjectMapper();

  public final UUID task;
  public final String buyer;
  public final String agent;
  private final @Nullable String team;
  private int version;

  public Stage() {
    this(newId(), "buyer-" + UUID.randomUUID());
  }

  public Stage(UUID task, String buyer) {
    this(task, buyer, null);
  }

  private Stage(UUID task, String buyer, @Nullable String team) {
    this.task = task;
    this.buyer = buyer;
    this.agent = "agent-" + UUID.randomUUID();
    this.team = team;
  }

  /// An id as task-service would make it now, by the services' clock.
  public static UUID newId() {
    return UuidCreator.getTimeOrderedEpoch(Instant.now().plus(TestClock.offset()));
  }

  public static Stage delivered() {
    return new Stage().says("delivered", "DELIVERED").known("DELIVERED");
  }

  public static Stage deliveredForTeam(String team) {
    return new Stage(newId(), "buyer-" + UUID.randomUUID(), team)
        .says("delivered", "DELIVERED")
        .known("DELIVERED");
  }

  public static Stage executing() {
    return new Stage().says("assigned", "EXECUTING").known("EXECUTING");
  }

  /// Task-service says something about the task, which is in `status` now.
  public Stage says(String what, String status) {
    publish(what, status, Map.of());
    return this;
  }

  /// Waits until the service has heard that the task is in `status`.
  public Stage known(String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(25))
        .until(() -> Known.taskStatus(task), status::equals);
    return this;
  }

  /// Task-service freezes the task.
  public Stage freezes(String dispute, boolean delivered) {
    return freezes(dispute, delivered ? Map.of() : Map.of("deliveries", new Object[0]));
  }

  /// Task-service freezes the task.
  ///
  /// @param more fields of the event that are not as in its example
  public Stage freezes(String dispute, Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("disputeId", dispute);
    fields.put("openedBy", buyer);
    publish("disputed", "DISPUTED", fields);
    return this;
  }

  public Stage refuses(String dispute, String reason) {
    publish(
        "dispute_refused",
        "COMPLETED",
        Map.of("disputeId", dispute, "openedBy", buyer, "reason", reason));
    return this;
  }

  private void publish(String what, String status, Map<String, Object> fields) {
    String type = "earnest.task." + what + ".v1";
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(Contracts.example(type));
      ObjectNode about = (ObjectNode) event.get("task");
      about.put("id", task.toString()).put("buyer", buyer).put("agentAccount", agent);
      about.put("team", team).put("status", status).put("version", ++version);
      fields.forEach((name, value) -> event.set(name, JSON.valueToTree(value)));
      Contracts.assertKept(type, event.toString());
      TestKafka.publish("task.events", task.toString(), type, event.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public RequestSpecification asBuyer() {
    return as(buyer, "buyer");
  }

  public RequestSpecification asAgent() {
    return as(agent, "agent");
  }

  public static RequestSpecification asAdmin() {
    return as("admin-1", "admin");
  }

  public static RequestSpecification as(String account, String... roles) {
    return given().auth().oauth2(Tokens.of(account, roles)).contentType(ContentType.JSON);
  }

  public String disputePath() {
    return "/api/v1/dashboard/tasks/" + task + "/dispute";
  }

  /// The buyer opens a dispute; its id.
  public String opens() {
    return asBuyer()
        .body(Map.of("reason", "It does not compile.", "category", "QUALITY"))
        .post(disputePath())
        .then()
        .statusCode(201)
        .extract()
        .path("dispute.id");
  }

  /// A dispute that task-service has confirmed, something having been delivered.
  public String inNegotiation() {
    String dispute = opens();
    freezes(dispute, true);
    awaitStatus(dispute, "NEGOTIATION");
    return dispute;
  }

  /// Everything that the service said of this task, by type, in order.
  public List<String> told() {
    return TestKafka.records("dispute.events", task.toString()).stream()
        .map(TestRecord::type)
        .map(type -> type.replace("earnest.dispute.", "").replace(".v1", ""))
        .toList();
  }

  public void awaitStatus(String dispute, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(25))
        .untilAsserted(() ->
            assertThat(read(dispute).extract().<String>path("dispute.status")).isEqualTo(status));
  }

  public ValidatableResponse read(String dispute) {
    return asBuyer().get("/api/v1/disputes/" + dispute).then().statusCode(200);
  }

  /// What the service says of this task, checked against its contract.
  public TestRecord hears(String type) {
    TestRecord event = TestKafka.await("dispute.events", task.toString(), type);
    Contracts.assertKept(type, event.value());
    return event;
  }
}
