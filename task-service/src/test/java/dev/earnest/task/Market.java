package dev.earnest.task;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

/// One buyer, one agent's owner and their agent, made anew for a test; and what escrow-service
/// would say about their money.
public final class Market {
  public final String buyer = "buyer-" + UUID.randomUUID();
  public final String owner = "owner-" + UUID.randomUUID();
  public final String agent;

  public Market() {
    this(10);
  }

  public Market(int maxConcurrent) {
    this(maxConcurrent, "CODING", "Node.js");
  }

  /// Its agent has this skill only, which nobody else may ask for.
  public Market(int maxConcurrent, String skill) {
    this(maxConcurrent, "OTHER", skill);
  }

  private Market(int maxConcurrent, String category, String skill) {
    agent =
        as(owner, "agent")
            .body(
                """
                {"name": "Ada", "description": "Writes code", "categories": ["%s"],
                 "skills": ["%s"], "basePrice": 10.00, "pricingModel": "PER_TASK",
                 "maxConcurrent": %d}
                """
                    .formatted(category, skill, maxConcurrent))
            .post("/api/v1/agents")
            .then()
            .statusCode(201)
            .extract()
            .path("agent.id");
  }

  public static RequestSpecification as(String account, String... roles) {
    return given()
        .header("Authorization", "Bearer " + Tokens.of(account, roles))
        .contentType(ContentType.JSON);
  }

  public RequestSpecification asBuyer() {
    return as(buyer, "buyer");
  }

  public RequestSpecification asOwner() {
    return as(owner, "agent");
  }

  /// The body of a task with this budget.
  public String brief(String budget) {
    return """
    {"title": "Build a REST API for inventory management",
     "description": "CRUD for products, categories and stock levels.",
     "category": "CODING", "budget": %s, "agentId": "%s"}
    """
        .formatted(budget, agent);
  }

  /// A hire of its agent for 50.00.
  ///
  /// @param members of the JSON body besides
  public String create(String... members) {
    String brief = brief("50.00").strip();
    String more = Arrays.stream(members).map(member -> ", " + member).collect(joining());
    return asBuyer()
        .body(brief.substring(0, brief.length() - 1) + more + "}")
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
  }

  /// A task without an agent, made with what else its buyer wants.
  ///
  /// @param members of the JSON body
  public String made(String... members) {
    return asBuyer()
        .body(
            """
            {"title": "Open work", "description": "For whoever comes.", "category": "CODING",
             "budget": 50.00, %s}
            """
                .formatted(String.join(", ", members)))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
  }

  /// Funded work that agents may claim.
  public String open(String... members) {
    String task =
        made(
            Stream.concat(Stream.of("\"mode\": \"open\""), Arrays.stream(members))
                .toArray(String[]::new));
    funded(task);
    return task;
  }

  /// Work without money that agents with this capability may claim.
  public String openFree(String capability, String... members) {
    String more = Arrays.stream(members).map(member -> ", " + member).collect(joining());
    return asBuyer()
        .body("{\"capability\": \"%s\", \"mode\": \"open\"%s}".formatted(capability, more))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
  }

  public ValidatableResponse claim(String task) {
    return asOwner().post("/api/v1/tasks/" + task + "/claim").then();
  }

  public ValidatableResponse claimNext(String query) {
    return asOwner().post("/api/v1/agents/" + agent + "/claims" + query).then();
  }

  /// A task whose money is held and which the agent works on.
  public String executing() {
    String task = create();
    held(task);
    awaitStatus(task, "EXECUTING");
    return task;
  }

  public String delivered() {
    String task = executing();
    deliver(task).statusCode(200);
    return task;
  }

  public void held(String task) {
    TestKafka.publish(
        "escrow.events",
        task,
        "earnest.escrow.held.v1",
        """
        {"taskId": "%s", "payer": "%s", "amount": 50.00, "currency": "USDC"}
        """
            .formatted(task, buyer));
  }

  /// Returns when task-service has heard that its money is held.
  public void funded(String task) {
    held(task);
    await().atMost(20, SECONDS).until(() -> show(task).extract().path("task.funded"));
  }

  public ValidatableResponse deliver(String task) {
    return asOwner()
        .body(
            """
            {"resultSummary": "Done, 92 % coverage.",
             "artifacts": [{"type": "CODE", "title": "Source", "url": "https://git.example/x"}]}
            """)
        .post("/api/v1/agents/" + agent + "/tasks/" + task + "/deliver")
        .then();
  }

  /// The agent asks the buyer something: AWAITING_INPUT.
  public void ask(String task, String question) {
    asOwner()
        .body("{\"question\": \"" + question + "\"}")
        .post("/api/v1/tasks/" + task + "/request-input")
        .then()
        .statusCode(200);
  }

  /// The buyer disputes a task; dispute-service would say so.
  ///
  /// @return the dispute's id
  public String disputed(String task) {
    String dispute = UUID.randomUUID().toString();
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.opened.v1",
        """
        {"disputeId": "%s", "taskId": "%s", "openedBy": "%s", "openedByRole": "BUYER",
         "category": "QUALITY", "reason": "Half of it is missing."}
        """
            .formatted(dispute, task, buyer));
    awaitStatus(task, "DISPUTED");
    return dispute;
  }

  public ValidatableResponse review(String task, String body) {
    return asBuyer().body(body).post("/api/v1/tasks/" + task + "/review").then();
  }

  public ValidatableResponse show(String task) {
    return asBuyer().get("/api/v1/tasks/" + task).then().statusCode(200);
  }

  public String status(String task) {
    return show(task).extract().path("task.status");
  }

  public void awaitStatus(String task, String status) {
    await().atMost(20, SECONDS).until(() -> status(task).equals(status));
  }
}
