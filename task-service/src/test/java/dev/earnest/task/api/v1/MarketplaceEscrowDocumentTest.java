package dev.earnest.task.api.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The document of the marketplace with escrow, request by request: each is sent as the document
/// has it, with our ids in place of its own.
@TaskServiceTest
class MarketplaceEscrowDocumentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TASK_EVENTS = "task.events";
  private static final String COMPLETE =
      """
      {
        "output": "result payload"
      }
      """;
  private static final String ARTIFACT =
      """
      {"artifact_type": "code_block", "name": "Source", "content": "print(1)"}
      """;

  private String skill;
  private Market market;

  @BeforeEach
  void openMarket() {
    skill = "string-" + UUID.randomUUID();
    market = new Market(10, skill);
  }

  // POST /api/v1/tasks

  @Test
  void createANewTask() {
    String task =
        created(
                """
                {
                  "capability": "string",
                  "input": {
                    "key": "value"
                  },
                  "max_price": 100,
                  "execution_mode": "async"
                }
                """)
            .body("success", is(true))
            .body("task.id", matchesPattern("[0-9a-f-]{36}"))
            .body("task.status", equalTo("PENDING"))
            .body("task.capability", equalTo("string"))
            .body("task.budget", equalTo(100.0f))
            .body("task.currency", equalTo("USDC"))
            .body("task.funded", is(false))
            .body("task.mode", equalTo("direct"))
            .body("task.review", equalTo("NONE"))
            .body("task.agentId", nullValue())
            .extract()
            .path("task.id");
    market.show(task).body("task.input.key", equalTo("value"));
  }

  @Test
  void createANewTaskInCamelCase() {
    String task =
        created(
                """
                {"capability": "string", "input": {"key": "value"}, "maxPrice": 100,
                 "executionMode": "async", "agentId": "%s", "outputSchema": {"type": "string"},
                 "maxAttempts": 2, "timeoutSeconds": 600, "requiredSkills": ["a"],
                 "callbackUrl": "https://your-server.com/hook"}
                """
                    .formatted(market.agent))
            .body("task.budget", equalTo(100.0f))
            .body("task.agentId", equalTo(market.agent))
            .body("task.maxAttempts", equalTo(2))
            .body("task.requiredSkills", contains("a"))
            .body("task.callbackUrl", equalTo("https://your-server.com/hook"))
            .extract()
            .path("task.id");
    market
        .show(task)
        .body("task.input.key", equalTo("value"))
        .body("task.outputSchema.type", equalTo("string"));
  }

  @Test
  void createANewTaskInSnakeCase() {
    String task =
        created(
                """
                {"capability": "string", "input": {"key": "value"}, "max_price": 100,
                 "execution_mode": "async", "agent_id": "%s", "output_schema": {"type": "string"},
                 "max_attempts": 2, "timeout_seconds": 600, "required_skills": ["a"],
                 "callback_url": "https://your-server.com/hook"}
                """
                    .formatted(market.agent))
            .body("task.budget", equalTo(100.0f))
            .body("task.agentId", equalTo(market.agent))
            .body("task.maxAttempts", equalTo(2))
            .body("task.requiredSkills", contains("a"))
            .body("task.callbackUrl", equalTo("https://your-server.com/hook"))
            .extract()
            .path("task.id");
    market
        .show(task)
        .body("task.input.key", equalTo("value"))
        .body("task.outputSchema.type", equalTo("string"));
  }

  @ParameterizedTest(name = "input {0}")
  @ValueSource(strings = {"{\"key\": \"value\"}", "\"text\"", "[1, 2]", "7", "true"})
  void inputIsAnyJson(String input) {
    String task =
        id(
            created(
                "{\"capability\": \"string\", \"input\": %s, \"max_price\": 1}".formatted(input)));
    market.show(task).body("task.input", notNullValue());
  }

  @ParameterizedTest(name = "max_price {0}")
  @ValueSource(strings = {"0", "0.00", "null"})
  void escrowFundingIsOptional(String price) {
    String task =
        created(
                "{\"capability\": \"%s\", \"agent_id\": \"%s\", \"max_price\": %s}"
                    .formatted(skill, market.agent, price))
            .body("task.funded", is(true))
            .extract()
            .path("task.id");
    market.show(task).body("task.status", equalTo("EXECUTING"));
  }

  @Test
  void anAgentIsAssignedAutomaticallyOnceTheMoneyIsHeld() {
    String task = id(created(capability("\"max_price\": 100")));
    assertThat(market.status(task)).isEqualTo("PENDING");
    market.held(task);
    market.awaitStatus(task, "EXECUTING");
    market
        .show(task)
        .body("task.agentId", equalTo(market.agent))
        .body("task.match", notNullValue());
  }

  @Test
  void executionModeSyncAnswersWithTheResult() throws Exception {
    String body = hire("\"execution_mode\": \"sync\"");
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ValidatableResponse> answer = pool.submit(() -> created(body));
      String list = "/api/v1/tasks?status=executing&agent_id=" + market.agent;
      await()
          .atMost(PATIENCE)
          .until(() -> !market.asOwner().get(list).jsonPath().getList("tasks").isEmpty());
      assertThat(answer.isDone()).isFalse();
      complete(market.asOwner().get(list).path("tasks[0].id")).statusCode(200);
      answer
          .get()
          .body("task.status", equalTo("COMPLETED"))
          .body("task.output", equalTo("result payload"));
    }
  }

  @Test
  void aPreferredWaitAnswersWithWhatThereIsByThen() {
    market
        .asBuyer()
        .header("Prefer", "wait=1")
        .body(hire())
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .header("Preference-Applied", "wait=1")
        .body("task.status", equalTo("EXECUTING"));
  }

  // GET /api/v1/tasks

  @Test
  void listAllTasksWithTheFiltersStatusAndAgent() {
    String pending = id(created(hire("\"max_price\": 100")));
    String working = id(created(hire("\"max_price\": 0")));
    String other = new Market(10, skill).agent;
    for (RequestSpecification caller : List.of(market.asBuyer(), market.asOwner())) {
      list(caller, "?status=pending&agent_id=" + market.agent)
          .body("success", is(true))
          .body("tasks.id", equalTo(List.of(pending)))
          .body("tasks[0].status", equalTo("PENDING"))
          .body("tasks[0].agentId", equalTo(market.agent));
    }
    list(market.asBuyer(), "").body("tasks.id", equalTo(List.of(working, pending)));
    list(market.asBuyer(), "?status=pending").body("tasks.id", equalTo(List.of(pending)));
    list(market.asBuyer(), "?agentId=" + market.agent).body("tasks", hasSize(2));
    list(market.asBuyer(), "?status=pending&agent_id=" + other).body("tasks", empty());
    list(market.asBuyer(), "?status=completed&agent_id=" + market.agent).body("tasks", empty());
    list(market.asBuyer(), "?agent_id=uuid", 400);
  }

  // GET /api/v1/tasks/:id

  @Test
  void getTaskDetails() {
    String task = working();
    for (RequestSpecification caller : List.of(market.asBuyer(), market.asOwner())) {
      caller
          .get("/api/v1/tasks/" + task)
          .then()
          .statusCode(200)
          .body("success", is(true))
          .body("task.status", equalTo("EXECUTING"))
          .body("task.agentId", equalTo(market.agent))
          .body("task.input.key", equalTo("value"))
          .body("task.output", nullValue());
    }
    complete(task).statusCode(200);
    market.show(task).body("task.output", equalTo("result payload"));
  }

  // PUT /api/v1/tasks/:id/complete

  @Test
  void markATaskAsCompletedWhichReleasesTheEscrow() {
    String task = working();
    complete(task)
        .statusCode(200)
        .body("success", is(true))
        .body("task.id", equalTo(task))
        .body("task.status", equalTo("COMPLETED"));
    String told = told(task, "earnest.task.completed.v1");
    assertThat(told).contains("\"payee\":\"" + market.owner + "\"").contains("\"price\":100");
  }

  @ParameterizedTest(name = "output {0}")
  @ValueSource(strings = {"{\"rows\": [1, 2]}", "[]", "0", "false", "\"\""})
  void theResultPayloadIsAnyJson(String output) {
    String task = id(created(hire()));
    market
        .asOwner()
        .body("{\"output\": %s}".formatted(output))
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(200)
        .body("task.status", equalTo("COMPLETED"));
    market.show(task).body("task.output", notNullValue());
  }

  @Test
  void whereTheBuyerReviewsACompletionIsADelivery() {
    String task = id(created(hire("\"review\": \"BUYER\"")));
    complete(task).statusCode(200).body("task.status", equalTo("DELIVERED"));
  }

  // PUT /api/v1/tasks/:id/fail

  @Test
  void markATaskAsFailedWhichRefundsTheEscrow() {
    String task = working();
    market
        .asOwner()
        .body(
            """
            {
              "error_reason": "failure description"
            }
            """)
        .put("/api/v1/tasks/" + task + "/fail")
        .then()
        .statusCode(200)
        .body("success", is(true))
        .body("task.status", equalTo("FAILED"))
        .body("task.reason", equalTo("failure description"));
    assertThat(told(task, "earnest.task.failed.v1")).contains("failure description");
  }

  // POST /api/v1/tasks/:id/cancel

  @Test
  void cancelAPendingOrInProgressTask() {
    for (String task : List.of(id(created(hire("\"max_price\": 100"))), working())) {
      market
          .asBuyer()
          .post("/api/v1/tasks/" + task + "/cancel")
          .then()
          .statusCode(200)
          .body("success", is(true))
          .body("task.status", equalTo("CANCELLED"));
      told(task, "earnest.task.cancelled.v1");
    }
  }

  // POST /api/v1/tasks/:id/reassign

  @Test
  void reassignATaskToADifferentAgent() {
    String task = working();
    Market other = new Market(10, skill);
    market
        .asBuyer()
        .body(
            """
            {
              "new_agent_id": "%s"
            }
            """
                .formatted(other.agent))
        .post("/api/v1/tasks/" + task + "/reassign")
        .then()
        .statusCode(200)
        .body("success", is(true))
        .body("task.status", equalTo("EXECUTING"))
        .body("task.agentId", equalTo(other.agent))
        .body("task.attempt", equalTo(2))
        .body("task.price", equalTo(100.0f));
    complete(task).statusCode(409).body("code", equalTo("stale_attempt"));
    market.asOwner().get("/api/v1/tasks/" + task).then().statusCode(404);
    other
        .asOwner()
        .body(COMPLETE)
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(200);
    assertThat(told(task, "earnest.task.completed.v1")).contains(other.owner);
  }

  // POST and GET /api/v1/tasks/:id/artifacts

  @Test
  void submitStructuredArtifacts() {
    String task = working();
    submit(
            task,
            """
            {
              "artifacts": [
                {
                  "artifact_type": "code_block",
                  "name": "...",
                  "content": "..."
                }
              ]
            }
            """)
        .statusCode(201)
        .body("success", is(true))
        .body("artifacts", hasSize(1))
        .body("artifacts[0].id", notNullValue())
        .body("artifacts[0].artifact_type", equalTo("code_block"))
        .body("artifacts[0].name", equalTo("..."));
    market.show(task).body("task.status", equalTo("EXECUTING"));
    Contracts.assertKept(
        "earnest.task.artifacts_added.v1", told(task, "earnest.task.artifacts_added.v1"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "code_block, text/plain",
    "markdown, text/markdown",
    "html, text/html",
    "file, application/octet-stream",
    "diff, text/x-diff",
    "image, application/octet-stream",
    "json, application/json",
    "link, text/uri-list",
    "text, text/plain"
  })
  void listAllArtifactsWithMetadataAndDownloadUrls(String type, String mediaType) {
    String task = id(created(hire()));
    String content = "https://example.com/ä";
    submit(
            task,
            """
            {"artifacts": [{"artifact_type": "%s", "name": "One", "content": "%s",
                            "description": "The first"}]}
            """
                .formatted(type, content))
        .statusCode(201);
    complete(task).statusCode(200);
    String url =
        artifacts(task)
            .body("artifacts.artifact_type", contains(type))
            .body("artifacts.name", contains("One"))
            .body("artifacts.description", contains("The first"))
            .body("artifacts[0].media_type", startsWith(mediaType))
            .body("artifacts[0].size", equalTo(content.getBytes(StandardCharsets.UTF_8).length))
            .body("artifacts[0].createdAt", matchesPattern(".*T.*\\.\\d{3}Z"))
            .body("nextCursor", nullValue())
            .extract()
            .path("artifacts[0].download_url");
    for (RequestSpecification caller : List.of(market.asBuyer(), market.asOwner())) {
      byte[] downloaded =
          caller
              .accept(ContentType.ANY)
              .get(url)
              .then()
              .statusCode(200)
              .header("Content-Type", startsWith(mediaType))
              .extract()
              .asByteArray();
      assertThat(new String(downloaded, StandardCharsets.UTF_8)).isEqualTo(content);
    }
    Market.as("stranger", "buyer", "agent").get(url).then().statusCode(404);
  }

  @Test
  void anImageComesAsBase64() {
    String task = id(created(hire()));
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    String url =
        submit(
                task,
                """
                {"artifacts": [{"artifact_type": "image", "name": "a.png", "encoding": "base64",
                                "media_type": "image/png", "content": "%s"}]}
                """
                    .formatted(Base64.getEncoder().encodeToString(bytes)))
            .statusCode(201)
            .body("artifacts[0].size", equalTo(bytes.length))
            .extract()
            .path("artifacts[0].download_url");
    var answer = market.asBuyer().get(url).then().statusCode(200).contentType("image/png");
    assertThat(answer.extract().asByteArray()).isEqualTo(bytes);
  }

  @Test
  void atMostFiftyArtifactsARequest() {
    String task = id(created(hire()));
    submit(task, artifactsOf(51)).statusCode(400).body("errors.field", contains("artifacts"));
    submit(task, artifactsOf(0)).statusCode(400);
    submit(task, "{\"artifacts\": [" + ARTIFACT.replace("code_block", "song") + "]}")
        .statusCode(400);
    artifacts(task).body("artifacts", empty());
    submit(task, artifactsOf(50)).statusCode(201);
    artifacts(task).body("artifacts", hasSize(50));
  }

  private static String artifactsOf(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> ARTIFACT)
        .collect(joining(",", "{\"artifacts\": [", "]}"));
  }

  private ValidatableResponse submit(String task, String body) {
    return market.asOwner().body(body).post("/api/v1/tasks/" + task + "/artifacts").then();
  }

  private ValidatableResponse artifacts(String task) {
    return market.asBuyer().get("/api/v1/tasks/" + task + "/artifacts").then().statusCode(200);
  }

  private ValidatableResponse complete(String task) {
    return market.asOwner().body(COMPLETE).put("/api/v1/tasks/" + task + "/complete").then();
  }

  private static ValidatableResponse list(RequestSpecification caller, String query) {
    return list(caller, query, 200);
  }

  private static ValidatableResponse list(RequestSpecification caller, String query, int status) {
    return caller.get("/api/v1/tasks" + query).then().statusCode(status);
  }

  private ValidatableResponse created(String body) {
    return market.asBuyer().body(body).post("/api/v1/tasks").then().statusCode(201);
  }

  private static String id(ValidatableResponse created) {
    return created.extract().path("task.id");
  }

  /// What an agent of this market can do, asked for.
  private String capability(String... members) {
    return "{\"capability\": \"%s\", \"input\": {\"key\": \"value\"}%s}"
        .formatted(skill, List.of(members).stream().map(one -> ", " + one).collect(joining()));
  }

  private String hire(String... members) {
    return capability(members).replaceFirst("\\{", "{\"agent_id\": \"" + market.agent + "\", ");
  }

  /// A task whose 100 USDC are held and which the agent works on.
  private String working() {
    String task = id(created(hire("\"max_price\": 100")));
    market.held(task);
    market.awaitStatus(task, "EXECUTING");
    return task;
  }

  private static String told(String task, String type) {
    String event = TestKafka.await(TASK_EVENTS, task, type).value();
    Contracts.assertKept(type, event);
    return event;
  }
}
