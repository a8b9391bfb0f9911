package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Tokens;
import io.restassured.response.ValidatableResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense gets a problem document with the right 4xx, and nothing is written.
@TaskServiceTest
class BadInputResourceTest {
  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @ParameterizedTest(name = "budget {0}")
  @ValueSource(
      strings = {
        "0",
        "-1",
        "0.0000001",
        "1000000000001",
        "1e308",
        "1e999999999",
        "\"fifty\"",
        "\"NaN\"",
        "NaN",
        "null",
        "true",
        "[]",
        "{}"
      })
  void budgetThatMakesNoSense(String budget) {
    refused(market.brief(budget), 400);
  }

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"title", "description", "category", "budget"})
  void missingField(String field) {
    refused(market.brief("50.00").replace("\"" + field + "\"", "\"other\""), 400)
        .body("code", equalTo("validation_failed"))
        .body("errors.field", hasItem(field));
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
        Arguments.of("\"title\": \"" + "x".repeat(201) + "\"", "title"),
        Arguments.of("\"title\": \"  \"", "title"),
        Arguments.of("\"title\": \"nul \\u0000\"", "title"),
        Arguments.of("\"title\": {}", "title"),
        Arguments.of("\"category\": \"COOKING\"", "category"),
        Arguments.of("\"priority\": \"SOON\"", "priority"),
        Arguments.of("\"mode\": \"auction\"", "mode"),
        Arguments.of("\"currency\": \"EUR\"", "currency"),
        Arguments.of("\"agentId\": \"agent_abc123\"", "agentId"),
        Arguments.of("\"agentId\": \"0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69\"", "agentId"),
        Arguments.of("\"metadata\": [1]", "metadata"),
        Arguments.of("\"metadata\": {\"n\": 1e10000}", "metadata"),
        Arguments.of("\"metadata\": {\"n\": [" + "1e999,".repeat(1000) + "0]}", "metadata"),
        Arguments.of("\"metadata\": {\"nul\": \"\\u0000\"}", "metadata"),
        Arguments.of("\"requirements\": {\"\\u0000\": 1}", "requirements"),
        Arguments.of("\"requirements\": " + "[".repeat(65) + "]".repeat(65), "requirements"),
        Arguments.of("\"requiredSkills\": [\"\"]", "requiredSkills"),
        Arguments.of("\"timeoutSeconds\": 0", "timeoutSeconds"),
        Arguments.of("\"timeoutSeconds\": 1.5", "timeoutSeconds"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFields")
  void wrongField(String member, String field) {
    String brief = market.brief("50.00");
    String body = brief.substring(0, brief.lastIndexOf('}')) + ", " + member + "}";
    refused(body, 400).body("errors[0].field", startsWith(field));
  }

  @ParameterizedTest(name = "callbackUrl {0}")
  @ValueSource(
      strings = {
        "ftp://example.com",
        "javascript:alert(1)",
        "nonsense",
        "https://a:b@example.com",
        "https://10.0.0.1/hook",
        "https://169.254.169.254/latest",
        "https://[fd00::1]/",
        "https://0x7f.1/",
        "https://example.com:22"
      })
  void forbiddenCallbackUrl(String url) {
    String brief =
        market.brief("50.00").replace("\"budget\"", "\"callbackUrl\": \"" + url + "\", \"budget\"");
    refused(brief, 422).body("code", equalTo("webhook_url_forbidden"));
  }

  @ParameterizedTest(name = "body {0}")
  @ValueSource(strings = {"{", "", "[]", "\"text\"", "null", "{\"title\": \"a\"} {}", "{'a': 1}"})
  void malformedBody(String body) {
    refused(body, 400);
  }

  @Test
  void wrongMediaTypeMethodAndPath() {
    String token = "Bearer " + Tokens.of(market.buyer, "buyer");
    problem(
        given()
            .header("Authorization", token)
            .contentType("text/plain")
            .body("x")
            .post("/api/v1/tasks")
            .then(),
        415);
    problem(market.asBuyer().delete("/api/v1/tasks").then(), 405);
    problem(market.asBuyer().get("/api/v1/nothing").then(), 404);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "progress, '{\"progress\": 101}'",
    "progress, '{\"progress\": -1}'",
    "progress, '{\"progress\": \"half\"}'",
    "review, '{\"action\": \"applaud\"}'",
    "review, '{\"rating\": 5}'",
    "review, '{\"action\": \"approve\", \"rating\": 0}'",
    "review, '{\"action\": \"approve\", \"rating\": 6}'"
  })
  void workThatMakesNoSense(String command, String body) {
    String task = market.delivered();
    var request = command.equals("progress") ? market.asOwner() : market.asBuyer();
    problem(request.body(body).post("/api/v1/tasks/" + task + "/" + command).then(), 400);
    market.show(task).body("task.status", equalTo("DELIVERED"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{}",
        "{\"resultSummary\": \"\"}",
        "{\"resultSummary\": \"x\", \"artifacts\": [null]}",
        "{\"resultSummary\": \"x\", \"artifacts\": [{\"type\": \"SONG\", \"title\": \"a\", \"url\": \"https://a.example\"}]}",
        "{\"resultSummary\": \"x\", \"artifacts\": [{\"type\": \"CODE\", \"url\": \"https://a.example\"}]}",
        "{\"resultSummary\": \"x\", \"artifacts\": [{\"type\": \"CODE\", \"title\": \"a\", \"url\": \"file:///etc\"}]}"
      })
  void deliveryThatMakesNoSense(String body) {
    String task = market.executing();
    problem(
        market
            .asOwner()
            .body(body)
            .post("/api/v1/agents/" + market.agent + "/tasks/" + task + "/deliver")
            .then(),
        400);
    market.show(task).body("task.status", equalTo("EXECUTING"));
  }

  static Stream<Arguments> badTokens() {
    return Stream.of(
        Arguments.of("none", ""),
        Arguments.of("garbage", "Bearer garbage"),
        Arguments.of("expired", "Bearer " + Tokens.expired("eve", "buyer")),
        Arguments.of("other audience", "Bearer " + Tokens.forAudience("shop", "eve", "buyer")),
        Arguments.of(
            "other issuer", "Bearer " + Tokens.fromIssuer("https://evil.example", "eve", "buyer")),
        Arguments.of("other key", "Bearer " + Tokens.withOtherKey("eve", "buyer")),
        Arguments.of("unsigned", "Bearer " + Tokens.unsigned("eve", "buyer")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void badTokenIsUnauthorized(String name, String authorization) {
    var request = given().contentType("application/json").body(market.brief("50.00"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    problem(request.post("/api/v1/tasks").then(), 401)
        .header("WWW-Authenticate", startsWith("Bearer"));
  }

  @Test
  void wrongRoleIsForbidden() {
    problem(
        as(market.buyer, "agent").body(market.brief("50.00")).post("/api/v1/tasks").then(), 403);
    problem(as(market.buyer, "buyer").body("{}").post("/api/v1/agents").then(), 400);
    market.asBuyer().get("/api/v1/tasks").then().body("tasks", hasSize(0));
  }

  @Test
  void anotherPersonsTaskDoesNotExist() {
    String task = market.executing();
    problem(as("stranger", "buyer", "agent").get("/api/v1/tasks/" + task).then(), 404);
    problem(as("stranger", "buyer").post("/api/v1/tasks/" + task + "/cancel").then(), 404);
    problem(
        as("stranger", "agent")
            .body("{\"progress\": 1}")
            .post("/api/v1/tasks/" + task + "/progress")
            .then(),
        404);
    problem(
        as("stranger", "agent")
            .body("{\"resultSummary\": \"x\"}")
            .post("/api/v1/agents/" + market.agent + "/tasks/" + task + "/deliver")
            .then(),
        404);
  }

  @Test
  void partiesMayOnlyDoTheirOwnPart() {
    String task = market.executing();
    problem(market.asOwner().post("/api/v1/tasks/" + task + "/cancel").then(), 403);
    problem(
        market
            .asBuyer()
            .body("{\"progress\": 1}")
            .post("/api/v1/tasks/" + task + "/progress")
            .then(),
        403);
  }

  @Test
  void ownAgentIsNotHiredWithMoney() {
    problem(
            as(market.owner, "buyer", "agent")
                .body(market.brief("50.00"))
                .post("/api/v1/tasks")
                .then(),
            409)
        .body("code", equalTo("own_agent"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status=NOWHERE", "limit=0", "limit=101", "limit=x", "cursor=forged", "view=all"})
  void listThatMakesNoSense(String query) {
    problem(market.asBuyer().get("/api/v1/tasks?" + query).then(), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69", "1-1-1-1-1", "%00"})
  void unknownTask(String id) {
    problem(market.asBuyer().urlEncodingEnabled(false).get("/api/v1/tasks/" + id).then(), 404);
  }

  private ValidatableResponse refused(String body, int status) {
    ValidatableResponse answer =
        problem(market.asBuyer().body(body).post("/api/v1/tasks").then(), status);
    market.asBuyer().get("/api/v1/tasks").then().statusCode(200).body("tasks", hasSize(0));
    return answer;
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status) {
    return answer
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", equalTo(status))
        .body("code", notNullValue())
        .body("detail", notNullValue())
        .body("success", equalTo(false));
  }
}
