package dev.earnest.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The document of the full lifecycle, section by section: each request is sent as the document has
/// it, with our ids in place of its own.
@TaskServiceTest
class TaskLifecycleDocumentTest {
  private static final String CREATION =
      """
      {
      "title": "Build a REST API for inventory management",
      "description": "Create a Node.js REST API with Express that supports CRUD operations for products, categories, and stock levels. Include JWT auth and input validation.",
      "category": "CODING",
      "budget": 50.00,
      "currency": "USDC",
      "priority": "HIGH",
      "mode": "direct",
      "agentId": "agent_abc123",
      "requirements": "Must include unit tests with >80% coverage. Use TypeScript. Provide a Postman collection for testing.",
      "callbackUrl": "https://your-server.com/webhooks/earnest-task",
      "metadata": {
      "internalProjectId": "proj_456",
      "team": "backend"
      },
      "requiredSkills": ["Node.js", "TypeScript", "Express", "JWT"]
      }
      """;
  private static final String DELIVERY =
      """
      {
      "resultSummary": "Built a fully functional REST API with Express + TypeScript. Includes JWT authentication, input validation with Zod, and comprehensive unit tests (92% coverage). Deployed Postman collection included.",
      "artifacts": [
      {
      "type": "CODE",
      "title": "API Source Code",
      "url": "https://github.com/example/inventory-api",
      "description": "Full TypeScript source with README and setup instructions"
      },
      {
      "type": "DOCUMENT",
      "title": "API Documentation",
      "url": "https://example.com/docs/inventory-api.pdf",
      "description": "OpenAPI 3.0 specification and usage guide"
      },
      {
      "type": "DATA",
      "title": "Postman Collection",
      "url": "https://example.com/inventory-api.postman.json",
      "description": "Pre-configured Postman collection with all endpoints"
      }
      ]
      }
      """;

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  // Task creation

  @Test
  void createTask() {
    String task =
        create(CREATION.replace("agent_abc123", market.agent))
            .body("success", is(true))
            .body("task.title", equalTo("Build a REST API for inventory management"))
            .body("task.status", equalTo("PENDING"))
            .body("task.budget", equalTo(50.00f))
            .body("task.currency", equalTo("USDC"))
            .body("task.mode", equalTo("direct"))
            .body("task.agentId", equalTo(market.agent))
            .body("task.createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z"))
            .extract()
            .path("task.id");
    market
        .show(task)
        .body("task.streamUrl", equalTo("/api/v1/tasks/" + task + "/stream"))
        .body("task.description", matchesPattern("Create a Node.js REST API .* validation\\."))
        .body("task.category", equalTo("CODING"))
        .body("task.priority", equalTo("HIGH"))
        .body("task.requirements", matchesPattern("Must include .* for testing\\."))
        .body("task.callbackUrl", equalTo("https://your-server.com/webhooks/earnest-task"))
        .body("task.metadata.internalProjectId", equalTo("proj_456"))
        .body("task.metadata.team", equalTo("backend"))
        .body("task.requiredSkills", contains("Node.js", "TypeScript", "Express", "JWT"))
        .body("task.review", equalTo("BUYER"));
  }

  @Test
  void createTaskInSnakeCase() {
    create(
            CREATION
                .replace("agentId", "agent_id")
                .replace("callbackUrl", "callback_url")
                .replace("requiredSkills", "required_skills")
                .replace("agent_abc123", market.agent))
        .body("task.agentId", equalTo(market.agent))
        .body("task.callbackUrl", equalTo("https://your-server.com/webhooks/earnest-task"))
        .body("task.requiredSkills", hasSize(4));
  }

  @Test
  void whatIsOptionalHasTheDocumentsDefaults() {
    create(brief("CODING"))
        .body("task.currency", equalTo("USDC"))
        .body("task.priority", equalTo("NORMAL"))
        .body("task.mode", equalTo("direct"))
        .body("task.agentId", nullValue())
        .body("task.requirements", nullValue())
        .body("task.callbackUrl", nullValue())
        .body("task.metadata", nullValue())
        .body("task.requiredSkills", empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CODING",
        "WEB_DEVELOPMENT",
        "MOBILE_DEVELOPMENT",
        "DATA_SCIENCE",
        "DATA_INTELLIGENCE",
        "DIGITAL_MARKETING",
        "SEO",
        "CONTENT_WRITING",
        "GRAPHIC_DESIGN",
        "VIDEO_GENERATION",
        "AI_ML",
        "CLOUD_COMPUTING",
        "DATABASE_MANAGEMENT",
        "DEVOPS",
        "CYBERSECURITY",
        "PRODUCT_MANAGEMENT",
        "BLOCKCHAIN",
        "RESEARCH",
        "CUSTOMER_SUPPORT",
        "AUTOMATION",
        "API_INTEGRATION",
        "FULL_STACK_TEAM",
        "OTHER"
      })
  void category(String category) {
    create(brief(category)).body("task.category", equalTo(category));
    market
        .asBuyer()
        .get("/api/v1/tasks?category=" + category)
        .then()
        .statusCode(200)
        .body("tasks.category", contains(category));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOW", "NORMAL", "HIGH", "URGENT"})
  void priority(String priority) {
    create(brief("CODING", "\"priority\": \"%s\"".formatted(priority)))
        .body("task.priority", equalTo(priority));
  }

  @Test
  void titleOfTwoHundredCharacters() {
    String title = "x".repeat(200);
    create(brief("CODING").replace("A title", title)).body("task.title", equalTo(title));
  }

  @Test
  void requirementsMayBeAnObject() {
    create(brief("CODING", "\"requirements\": {\"coverage\": 80}"))
        .body("task.requirements.coverage", equalTo(80));
  }

  // The two modes

  @Test
  void proposalsModeCollectsBidsOfWhichTheBuyerHiresOne() {
    String task =
        create(
                brief(
                    "CODING",
                    "\"mode\": \"proposals\"",
                    "\"budgetMin\": 10",
                    "\"budgetMax\": 45.5",
                    "\"proposalWindowSeconds\": 300"))
            .body("task.mode", equalTo("proposals"))
            .body("task.budgetMin", equalTo(10.0f))
            .body("task.budgetMax", equalTo(45.5f))
            .body("task.proposalDeadline", matchesPattern(".*T.*\\.\\d{3}Z"))
            .extract()
            .path("task.id");
    String proposals = "/api/v1/tasks/" + task + "/proposals";
    market.show(task).body("task.proposalsUrl", equalTo(proposals));
    funded(task);
    propose(task, market, "45.50").statusCode(201);
    String cheaper =
        propose(task, new Market(), "30.00")
            .statusCode(201)
            .body("success", is(true))
            .body("proposal.status", equalTo("OPEN"))
            .extract()
            .path("proposal.id");
    market
        .asBuyer()
        .get(proposals)
        .then()
        .statusCode(200)
        .body("proposals", hasSize(2))
        .body("proposals.price", contains(45.5f, 30.0f))
        .body("proposals[0].approach", equalTo("Test first"))
        .body("proposals[0].estimatedHours", notNullValue());
    market.show(task).body("task.status", equalTo("PENDING"));
    market
        .asBuyer()
        .post(proposals + "/" + cheaper + "/accept")
        .then()
        .statusCode(200)
        .body("task.status", equalTo("EXECUTING"))
        .body("task.price", equalTo(30.0f));
    market
        .asBuyer()
        .get(proposals)
        .then()
        .body("proposals.status", contains("DECLINED", "ACCEPTED"));
  }

  @Test
  void directModeWithoutAnAgentIsMatched() {
    String skill = "matched-" + UUID.randomUUID();
    String task = id(create(brief("OTHER", "\"requiredSkills\": [\"%s\"]".formatted(skill))));
    market.held(task);
    market.awaitStatus(task, "MATCHING");
    String agent = new Market(1, skill).agent;
    market.awaitStatus(task, "EXECUTING");
    market.show(task).body("task.agentId", equalTo(agent));
  }

  // Task states

  @Test
  void expiredIsAProposalDeadlineThatPassed() {
    String task =
        id(create(brief("CODING", "\"mode\": \"proposals\"", "\"proposalWindowSeconds\": 15")));
    funded(task);
    TestClock.advance(Duration.ofSeconds(16));
    market.awaitStatus(task, "EXPIRED");
    market.show(task).body("task.reason", notNullValue());
    told(task, "earnest.task.expired.v1");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "REFUND_BUYER, 100, CANCELLED, cancelled",
    "RELEASE_TO_AGENT, 0, COMPLETED, completed"
  })
  void disputedIsResolved(String resolution, String percentage, String state, String event) {
    String task = market.delivered();
    String dispute = market.disputed(task);
    market
        .show(task)
        .body("task.previousStatus", equalTo("DELIVERED"))
        .body("task.disputeId", equalTo(dispute));
    TestKafka.publish(
        "dispute.events",
        task,
        "earnest.dispute.resolved.v1",
        """
        {"disputeId": "%s", "taskId": "%s", "resolution": "%s", "refundPercentage": %s}
        """
            .formatted(dispute, task, resolution, percentage));
    market.awaitStatus(task, state);
    assertThat(told(task, "earnest.task." + event + ".v1")).contains(resolution);
  }

  // Progress

  @Test
  void reportProgress() {
    String task = market.executing();
    progress(
            task,
            """
            {
            "progress": 45,
            "message": "Database schema designed. Setting up Express routes and JWT middleware...",
            "stage": "implementation"
            }
            """)
        .statusCode(200)
        .body("success", is(true))
        .body("task.status", equalTo("EXECUTING"))
        .body("task.progress", equalTo(45));
    market
        .show(task)
        .body("task.progressMessage", matchesPattern("Database schema designed.*\\.\\.\\."))
        .body("task.stage", equalTo("implementation"));
    assertThat(told(task, "earnest.task.progressed.v1"))
        .contains("\"progress\":45")
        .contains("\"stage\":\"implementation\"");
  }

  @Test
  void progressIsAPercentageAndItsStageOptional() {
    String task = market.executing();
    progress(task, "{\"progress\": 0, \"message\": \"Reading\"}").statusCode(200);
    progress(task, "{\"progress\": 100, \"message\": \"Nearly there\"}")
        .statusCode(200)
        .body("task.progress", equalTo(100))
        .body("task.stage", nullValue());
    for (String wrong : new String[] {"101", "-1", "100.5", "\"half\""}) {
      progress(task, "{\"progress\": %s}".formatted(wrong))
          .statusCode(400)
          .body("errors.field", hasItem("progress"));
    }
    market.show(task).body("task.progress", equalTo(100));
  }

  // Delivery

  @Test
  void submitADelivery() {
    String task = market.executing();
    deliver(task, DELIVERY)
        .statusCode(200)
        .body("success", is(true))
        .body("task.status", equalTo("DELIVERED"));
    market
        .show(task)
        .body("task.deliveries", hasSize(1))
        .body("task.deliveries[0].resultSummary", matchesPattern("Built a fully .* included\\."))
        .body("task.deliveries[0].artifacts.type", contains("CODE", "DOCUMENT", "DATA"))
        .body("task.deliveries[0].artifacts[1].title", equalTo("API Documentation"))
        .body(
            "task.deliveries[0].artifacts[1].url",
            equalTo("https://example.com/docs/inventory-api.pdf"))
        .body(
            "task.deliveries[0].artifacts[1].description",
            equalTo("OpenAPI 3.0 specification and usage guide"));
    assertThat(told(task, "earnest.task.delivered.v1"))
        .contains("API Source Code", "https://example.com/inventory-api.postman.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FILE", "CODE", "IMAGE", "VIDEO", "DOCUMENT", "ARCHIVE", "DATA", "URL"})
  void artifactType(String type) {
    String task = free();
    deliver(
            task,
            """
            {"result_summary": "Done",
             "artifacts": [{"type": "%s", "title": "One", "url": "https://example.com/1"}]}
            """
                .formatted(type))
        .statusCode(200);
    market
        .show(task)
        .body("task.deliveries[0].artifacts.type", contains(type))
        .body("task.deliveries[0].artifacts[0].description", nullValue());
  }

  @Test
  void artifactsAreOptional() {
    String task = free();
    deliver(task, "{\"resultSummary\": \"Done\"}").statusCode(200);
    market.show(task).body("task.deliveries[0].artifacts", empty());
  }

  /// The list of a task's artifacts is of the marketplace's document; a client of that one lists what
  /// an agent of this one delivered.
  @Test
  void deliveredArtifactsAreListedWithTheirUrls() {
    String task = free();
    deliver(task, DELIVERY).statusCode(200);
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .statusCode(200)
        .body("artifacts", hasSize(3))
        .body("artifacts.name", hasItem("API Source Code"))
        .body("artifacts.download_url", hasItem("https://github.com/example/inventory-api"));
  }

  // Review

  @Test
  void approveADelivery() {
    String task = market.delivered();
    market
        .review(
            task,
            """
            {
            "action": "approve",
            "rating": 5,
            "review": "Excellent work! The API is well-structured, fully tested, and the documentation is thorough. Delivered ahead of schedule."
            }
            """)
        .statusCode(200)
        .body("success", is(true))
        .body("task.status", equalTo("COMPLETED"))
        .body("task.previousStatus", equalTo("DELIVERED"))
        .body("task.rating", equalTo(5))
        .body("task.reviewText", matchesPattern("Excellent work! .* ahead of schedule\\."));
    assertThat(told(task, "earnest.task.completed.v1"))
        .contains("\"payee\":\"" + market.owner + "\"");
    market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent + "/reviews")
        .then()
        .statusCode(200)
        .body("reviews.rating", contains(5))
        .body("reviews[0].review", matchesPattern("Excellent work! .*"));
    market
        .asBuyer()
        .get("/api/v1/agents/" + market.agent)
        .then()
        .body("agent.reputation", greaterThan(3.0f));
  }

  @ParameterizedTest(name = "{0} stars")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void rating(int stars) {
    String task = free();
    deliver(task, DELIVERY).statusCode(200);
    for (int wrong : new int[] {0, 6}) {
      market
          .review(task, "{\"action\": \"approve\", \"rating\": %d}".formatted(wrong))
          .statusCode(400);
    }
    market
        .review(task, "{\"action\": \"approve\", \"rating\": %d}".formatted(stars))
        .statusCode(200)
        .body("task.rating", equalTo(stars));
  }

  @Test
  void theReviewsTextAndRatingAreOptional() {
    String task = free();
    deliver(task, DELIVERY).statusCode(200);
    market
        .review(task, "{\"action\": \"approve\"}")
        .statusCode(200)
        .body("task.status", equalTo("COMPLETED"))
        .body("task.rating", nullValue())
        .body("task.reviewText", nullValue());
    market.review(task, "{\"action\": \"approve\"}").statusCode(409);
  }

  private ValidatableResponse create(String body) {
    return market.asBuyer().body(body).post("/api/v1/tasks").then().statusCode(201);
  }

  private static String id(ValidatableResponse created) {
    return created.extract().path("task.id");
  }

  /// What the document requires, and no more but these members.
  private static String brief(String category, String... members) {
    return """
    {"title": "A title", "description": "What is to be done.", "category": "%s", "budget": 50.00%s}
    """
        .formatted(category, members.length == 0 ? "" : ", " + String.join(", ", members));
  }

  /// A hire without money that its buyer reviews: at work at once.
  private String free() {
    return id(
        create(
            "{\"capability\": \"anything\", \"review\": \"BUYER\", \"agentId\": \"%s\"}"
                .formatted(market.agent)));
  }

  private void funded(String task) {
    market.held(task);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> market.show(task).extract().path("task.funded"));
  }

  private static ValidatableResponse propose(String task, Market by, String price) {
    return by.asOwner()
        .body(
            """
            {"agentId": "%s", "approach": "Test first", "price": %s, "estimatedHours": 6}
            """
                .formatted(by.agent, price))
        .post("/api/v1/tasks/" + task + "/proposals")
        .then();
  }

  private ValidatableResponse progress(String task, String body) {
    return market.asOwner().body(body).post("/api/v1/tasks/" + task + "/progress").then();
  }

  private ValidatableResponse deliver(String task, String body) {
    return market
        .asOwner()
        .body(body)
        .post("/api/v1/agents/" + market.agent + "/tasks/" + task + "/deliver")
        .then();
  }

  private static String told(String task, String type) {
    String event = TestKafka.await("task.events", task, type).value();
    Contracts.assertKept(type, event);
    return event;
  }
}
