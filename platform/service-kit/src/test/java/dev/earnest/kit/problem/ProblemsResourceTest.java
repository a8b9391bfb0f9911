package dev.earnest.kit.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.kit.KitTest;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@KitTest
class ProblemsResourceTest {
  private static final String PROBE = "/api/v1/probe";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "null",
        "[]",
        "\"text\"",
        "7",
        "{}",
        "{\"text\": null}",
        "{\"text\": \"x\"} {}",
        "{\"text\": \"\\u0000\"}",
        "{\"text\": \"x\", \"amount\": 1e999999999999}",
      })
  void bodyThatIsNoneIsAProblem(String body) {
    problem(signedIn().body(body).post(PROBE), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": 5}                                   | text",
        "{\"text\": true}                                | text",
        "{\"text\": {\"a\": 1}}                          | text",
        "{\"text\": [\"x\"]}                             | text",
        "{\"text\": \"x\", \"colour\": \"BLUE\"}         | colour",
        "{\"text\": \"x\", \"colour\": 0}                | colour",
        "{\"text\": \"x\", \"colour\": \"\"}             | colour",
        "{\"text\": \"x\", \"count\": \"3\"}             | count",
        "{\"text\": \"x\", \"count\": 1.5}               | count",
        "{\"text\": \"x\", \"count\": 99999999999}       | count",
        "{\"text\": \"x\", \"count\": true}              | count",
        "{\"text\": \"x\", \"amount\": \"10\"}           | amount",
        "{\"text\": \"x\", \"amount\": {}}               | amount",
        "{\"text\": \"x\", \"amount\": 1e308}            | amount",
        "{\"text\": \"x\", \"amount\": 1e-7}             | amount",
        "{\"text\": \"x\", \"amount\": 1e999999999}      | amount",
        "{\"text\": \"x\", \"amount\": -1}               | amount",
        "{\"text\": \"x\", \"amount\": 0}                | amount",
        "{\"text\": \"x\", \"inners\": {}}               | inners",
        "{\"text\": \"x\", \"inners\": [{\"name\": 5}]}  | inners.[0].name",
        "{\"text\": \"x\", \"inners\": [{}]}             | inners[0].name",
        "{\"text\": \"123456789012345678901\"}           | text",
        "{}                                              | text",
      })
  void fieldThatIsWrongIsNamed(String body, String field) {
    problem(signedIn().body(body).post(PROBE), 400)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].field", equalTo(field));
  }

  @Test
  void notANumberIsNoJson() {
    problem(signedIn().body("{\"text\": \"x\", \"amount\": NaN}").post(PROBE), 400)
        .body("code", equalTo("malformed_json"));
  }

  @Test
  void everyWrongFieldIsTold() {
    problem(signedIn().body("{\"inners\": [{\"name\": \"too long\"}]}").post(PROBE), 400)
        .body("errors.field", containsInAnyOrder("text", "inners[0].name"));
  }

  @Test
  void goodBodyPassesAndUnknownFieldsAreIgnored() {
    signedIn()
        .body("{\"text\": \"x\", \"amount\": 1e2, \"colour\": \"RED\", \"other\": 1}")
        .post(PROBE)
        .then()
        .statusCode(200)
        .body("amount", equalTo(100.0f));
  }

  @Test
  void queryParameterThatIsNoNumberIsAProblem() {
    problem(signedIn().get(PROBE + "?limit=many"), 400).body("errors[0].field", equalTo("limit"));
    problem(signedIn().get(PROBE + "?limit=99999999999"), 400);
  }

  @Test
  void wrongMethodIsAProblem() {
    problem(signedIn().delete(PROBE), 405).body("code", equalTo("method_not_allowed"));
  }

  @Test
  void wrongMediaTypeIsAProblem() {
    problem(
            given()
                .auth()
                .oauth2(Tokens.of("alice", "buyer"))
                .contentType("text/plain")
                .body("x")
                .post(PROBE),
            415)
        .body("code", equalTo("unsupported_media_type"));
  }

  @Test
  void answerOfAnUnknownTypeIsAProblem() {
    problem(signedIn().accept("image/png").get(PROBE), 406);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application", "/", "nonsense; x=1"})
  void mediaTypeThatCannotBeReadIsAProblem(String type) throws Exception {
    String token = Tokens.of("alice", "buyer");
    assertThat(RawRequest.post(PROBE, token, "Content-Type: " + type))
        .startsWith("HTTP/1.1 415 ")
        .contains("\"code\":\"unsupported_media_type\"");
    assertThat(
            RawRequest.post(
                PROBE,
                token,
                "Content-Type: application/json\r\nAccept: application/json, " + type))
        .startsWith("HTTP/1.1 406 ")
        .contains("\"code\":\"not_acceptable\"");
  }

  @Test
  void fieldThatIsGivenTwiceIsAProblem() {
    String body = "{\"text\": \"x\", \"inners\": [{\"name\": \"a\", \"label\": \"b\"}]}";
    problem(signedIn().body(body).post(PROBE), 400).body("code", equalTo("validation_failed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/api/v1/probe/nothing/here"})
  void unknownPathIsAProblem(String path) {
    problem(signedIn().get(path), 404).body("code", equalTo("not_found"));
  }

  @Test
  void bodyThatIsAnnouncedAsTooLargeIsAProblemBeforeItIsSent() throws Exception {
    String answer = RawRequest.announce(PROBE, 1024 * 1024 + 1);
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .contains("content-type: application/problem+json", "\"code\":\"too_large\"");
    assertThat(RawRequest.announce(PROBE, 99_000_000_000L)).startsWith("HTTP/1.1 413 ");
  }

  /// Quarkus answers this one itself while it reads, without a document.
  @Test
  void bodyThatTurnsOutTooLargeIsCutOff() throws Exception {
    assertThat(RawRequest.sendUnannounced(PROBE, Tokens.of("alice", "buyer"), 3_000_000))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void withoutATokenNothingGoes() {
    unauthorized(given().contentType(ContentType.JSON).body("{}").post(PROBE));
    unauthorized(given().get(PROBE));
    unauthorized(given().auth().preemptive().basic("alice", "secret").get(PROBE));
    unauthorized(given().header("Authorization", "Bearer").get(PROBE));
    unauthorized(given().header("Authorization", "Bearer x.y.z").get(PROBE));
  }

  @Test
  void badTokensAreAllTheSame() {
    unauthorized(with(Tokens.expired("alice", "admin")).get(PROBE));
    unauthorized(with(Tokens.forAudience("others", "alice", "admin")).get(PROBE));
    unauthorized(with(Tokens.fromIssuer("https://others.example", "alice", "admin")).get(PROBE));
    unauthorized(with(Tokens.withOtherKey("alice", "admin")).get(PROBE));
    unauthorized(with(Tokens.unsigned("alice", "admin")).get(PROBE));
    String good = Tokens.of("alice", "admin");
    unauthorized(with(good.substring(0, good.length() - 4) + "AAAA").get(PROBE));
    with(good).get(PROBE).then().statusCode(200).body("account", equalTo("alice"));
  }

  @Test
  void roleThatIsMissingIsAProblem() {
    problem(signedIn().get(PROBE + "/admin"), 403).body("code", equalTo("forbidden"));
  }

  @Test
  void refusalCarriesTheState() {
    problem(signedIn().get(PROBE + "/illegal"), 409)
        .body("code", equalTo("wrong_state"))
        .body("state", equalTo("COMPLETED"))
        .body("error", equalTo("It is over."));
  }

  @Test
  void unforeseenErrorSaysNothingOfOurInside() {
    Response answer = signedIn().get(PROBE + "/broken");
    problem(answer, 500);
    assertThat(answer.asString()).doesNotContain("secret");
  }

  private static RequestSpecification signedIn() {
    return with(Tokens.of("alice", "buyer")).contentType(ContentType.JSON);
  }

  private static RequestSpecification with(String token) {
    return given().auth().oauth2(token);
  }

  private static void unauthorized(Response answer) {
    problem(answer, 401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("unauthorized"));
  }

  private static ValidatableResponse problem(Response answer, int status) {
    return answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", not(blankOrNullString()))
        .body("title", not(blankOrNullString()))
        .body("detail", not(blankOrNullString()))
        .body("type", startsWith("urn:earnest:problem:"))
        .body("instance", startsWith("/api/v1/"))
        .body("success", equalTo(false))
        .body("error", not(blankOrNullString()));
  }
}
