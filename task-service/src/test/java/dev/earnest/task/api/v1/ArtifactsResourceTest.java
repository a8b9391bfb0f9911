package dev.earnest.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What agents hand over with its content.
@TaskServiceTest
class ArtifactsResourceTest {
  private static final String ONE =
      "{\"artifact_type\": \"code_block\", \"name\": \"a.sql\", \"content\": \"SELECT 1\"}";

  private Market market;

  @BeforeEach
  void openMarket() {
    market = new Market();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code_block",
        "markdown",
        "html",
        "file",
        "diff",
        "image",
        "json",
        "link",
        "text",
        "TEXT"
      })
  void everyTypeIsKeptAndCanBeReadAgain(String type) {
    String task = market.executing();
    String url =
        submit(task, ONE.replace("code_block", type))
            .statusCode(201)
            .body("artifacts[0].artifact_type", equalTo(type.toLowerCase(Locale.ROOT)))
            .body("artifacts[0].size", equalTo(8))
            .body("artifacts[0].download_url", endsWith("/content"))
            .extract()
            .path("artifacts[0].download_url");
    market
        .asBuyer()
        .get(url)
        .then()
        .statusCode(200)
        .header("Content-Disposition", containsString("attachment"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .body(equalTo("SELECT 1"));
    new Market().asOwner().get(url).then().statusCode(404);
  }

  @Test
  void bytesComeAsBase64() {
    String task = market.executing();
    String url =
        submit(
                task,
                """
                {"artifact_type": "image", "name": "p\\u00e9 1.png", "content": "iVBORw==",
                 "encoding": "base64", "mediaType": "image/png"}
                """)
            .statusCode(201)
            .extract()
            .path("artifacts[0].download_url");
    byte[] content =
        market
            .asBuyer()
            .get(url)
            .then()
            .contentType("image/png")
            .header("Content-Disposition", endsWith("p%C3%A9%201.png"))
            .extract()
            .asByteArray();
    assertThat(content).containsExactly(0x89, 'P', 'N', 'G');
  }

  @Test
  void theListIsPaged() {
    String task = market.executing();
    submit(task, String.join(",", Collections.nCopies(50, ONE))).statusCode(201);
    String cursor =
        market
            .asBuyer()
            .get("/api/v1/tasks/" + task + "/artifacts?limit=40")
            .then()
            .statusCode(200)
            .body("artifacts", hasSize(40))
            .extract()
            .path("nextCursor");
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/artifacts?limit=40&cursor=" + cursor)
        .then()
        .body("artifacts", hasSize(10))
        .body("nextCursor", equalTo(null));
  }

  @Test
  void whatWasHandedOverCountsAsDeliveredInADispute() {
    String task = market.executing();
    submit(task, ONE).statusCode(201);
    String added = TestKafka.await("task.events", task, "earnest.task.artifacts_added.v1").value();
    Contracts.assertKept("earnest.task.artifacts_added.v1", added);
    market
        .asBuyer()
        .post("/api/v1/tasks/" + task + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("use_dispute"))
        .body("state", equalTo("EXECUTING"));
    market.disputed(task);
    String told = TestKafka.await("task.events", task, "earnest.task.disputed.v1").value();
    Contracts.assertKept("earnest.task.disputed.v1", told);
    assertThat(told).contains("a.sql").doesNotContain("SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{\"artifact_type\": \"song\", \"name\": \"x\", \"content\": \"x\"}",
        "{\"artifact_type\": \"text\", \"content\": \"x\"}",
        "{\"artifact_type\": \"text\", \"name\": \"x\"}",
        "{\"artifact_type\": \"text\", \"name\": \"x\", \"content\": \"%\", \"encoding\": \"base64\"}",
        "{\"artifact_type\": \"text\", \"name\": \"x\", \"content\": \"x\", \"encoding\": \"rot13\"}",
        "{\"artifact_type\": \"text\", \"name\": \"x\", \"content\": \"x\", \"mediaType\": \"a\\r\\nb\"}"
      })
  void artifactsThatMakeNoSense(String artifact) {
    String task = market.executing();
    submit(task, artifact).statusCode(400);
    empty(task);
  }

  @Test
  void fiftyOneAreTooMany() {
    String task = market.executing();
    submit(task, String.join(",", Collections.nCopies(51, ONE)))
        .statusCode(400)
        .body("errors[0].field", equalTo("artifacts"));
    empty(task);
  }

  @Test
  void tenMebibytesAreTakenHereAndNowhereElse() {
    String task = market.executing();
    submit(task, ONE.replace("SELECT 1", "x".repeat(9_000_000))).statusCode(201);
    submit(task, ONE.replace("SELECT 1", "x".repeat(11_000_000))).statusCode(413);
    market
        .asOwner()
        .body("{\"output\": \"" + "x".repeat(1_100_000) + "\"}")
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(413);
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .body("artifacts", hasSize(1));
  }

  @Test
  void onlyTheAgentOfATaskInWorkHandsOver() {
    String task = market.delivered();
    submit(task, ONE).statusCode(409).body("state", equalTo("DELIVERED"));
    market
        .asBuyer()
        .body("{\"artifacts\": [" + ONE + "]}")
        .post("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .statusCode(403);
    new Market()
        .asOwner()
        .body("{\"artifacts\": [" + ONE + "]}")
        .post("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .statusCode(404);
    empty(task);
  }

  private ValidatableResponse submit(String task, String artifacts) {
    return market
        .asOwner()
        .body("{\"artifacts\": [" + artifacts + "]}")
        .post("/api/v1/tasks/" + task + "/artifacts")
        .then();
  }

  private void empty(String task) {
    market
        .asBuyer()
        .get("/api/v1/tasks/" + task + "/artifacts")
        .then()
        .statusCode(200)
        .body("artifacts.name", not(hasItem("a.sql")));
  }
}
