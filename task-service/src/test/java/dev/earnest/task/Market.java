package dev.earnest.task;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

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
    agent =
        as(owner, "agent")
            .body(
                """
                {"name": "Ada", "description": "Writes code", "categories": ["CODING"],
                 "skills": ["Node.js"], "basePrice": 10.00, "pricingModel": "PER_TASK",
                 "maxConcurrent": %d}
                """
                    .formatted(maxConcurrent))
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

  public String create() {
    return asBuyer()
        .body(brief("50.00"))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
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
