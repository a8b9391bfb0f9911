package dev.earnest.escrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.testkit.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an account or an API key may spend, for a task and in a day of UTC.
@QuarkusTest
class CapsResourceTest extends EscrowTests {
  private String buyer = "";

  @BeforeEach
  void newBuyer() {
    buyer = someone("buyer");
    deposit(buyer, "1000");
  }

  @Test
  void capsAreWhatWasSetLast() {
    as(buyer, "buyer")
        .get("/api/v1/wallet/caps")
        .then()
        .statusCode(200)
        .body("caps.perTask", nullValue())
        .body("caps.perDay", nullValue())
        .body("caps.spentToday", equalTo(0.0f));

    caps(buyer, "{\"perTask\": 20, \"perDay\": 50.5}")
        .statusCode(200)
        .body("success", equalTo(true))
        .body("caps.perTask", equalTo(20.0f))
        .body("caps.perDay", equalTo(50.5f));
    caps(buyer, "{\"perDay\": 10}")
        .statusCode(200)
        .body("caps.perTask", nullValue())
        .body("caps.perDay", equalTo(10.0f));
  }

  @Test
  void budgetOverTheCapPerTaskIsRefusedBeforeAnyMoneyMoves() {
    caps(buyer, "{\"perTask\": 20}").statusCode(200);

    var refused = task().created("20.000001").hears("refused");

    assertThat(refused.get("reason").asText()).isEqualTo("spend_cap");
    assertThat(wallet(buyer)).isEqualTo("1000.00 available, 0.00 held");
    task().created("20").hears("held");
  }

  @Test
  void capComesBeforeTheWallet() {
    caps(buyer, "{\"perTask\": 20}").statusCode(200);

    assertThat(task().created("5000").hears("refused").get("reason").asText())
        .isEqualTo("spend_cap");
  }

  @Test
  void simultaneousTasksKeepTheCapPerDay() {
    caps(buyer, "{\"perDay\": 75}").statusCode(200);
    List<TaskTeller> tasks = Stream.generate(this::task).limit(20).toList();

    tasks.parallelStream().forEach(task -> task.created("10"));
    tasks.forEach(TaskTeller::settles);

    assertThat(tasks).filteredOn(task -> task.heard().equals(List.of("held"))).hasSize(7);
    assertThat(tasks).filteredOn(task -> task.heard().equals(List.of("refused"))).hasSize(13);
    assertThat(wallet(buyer)).isEqualTo("930.00 available, 70.00 held");
    as(buyer, "buyer").get("/api/v1/wallet/caps").then().body("caps.spentToday", equalTo(70.0f));
  }

  @Test
  void refundMakesNoRoomTodayAndTomorrowThereIsRoomAgain() {
    caps(buyer, "{\"perDay\": 50}").statusCode(200);
    task().created("50").ended("cancelled").hears("refunded");
    task().created("1").hears("refused");

    TestClock.advance(Duration.ofDays(1));

    task().created("50").hears("held");
    task().created("1").hears("refused");
  }

  @Test
  void keysCapsHoldForTheKeyAlone() {
    UUID key = UUID.randomUUID();
    String caps = "\"perTask\": 30, \"perDay\": 50";

    task().createdByKey("31", key, caps).hears("refused");
    task().createdByKey("30", key, caps).hears("held");
    var refused = task().createdByKey("21", key, caps).hears("refused");
    task().createdByKey("20", key, caps).hears("held");
    task().createdByKey("21", UUID.randomUUID(), caps).hears("held");
    task().created("31").hears("held");

    assertThat(refused.get("reason").asText()).isEqualTo("spend_cap");
    assertThat(refused.get("detail").asText()).contains("the API key");
    assertThat(wallet(buyer)).isEqualTo("898.00 available, 102.00 held");
  }

  @Test
  void accountsCapHoldsForItsKeysToo() {
    caps(buyer, "{\"perDay\": 10}").statusCode(200);

    var refused =
        task()
            .createdByKey("11", UUID.randomUUID(), "\"perTask\": null, \"perDay\": null")
            .hears("refused");

    assertThat(refused.get("detail").asText()).contains("the account");
  }

  @Test
  void tipsCount() {
    caps(buyer, "{\"perTask\": 25, \"perDay\": 40}").statusCode(200);
    TaskTeller first = task().created("20").assigned("20");
    first.settles();
    String path = "/api/v1/tasks/" + first.id() + "/payments";

    post(buyer, path, "{\"amount\": 5.000001, \"type\": \"TIP\"}")
        .statusCode(409)
        .body("code", equalTo("spend_cap"));
    post(buyer, path, "{\"amount\": 5, \"type\": \"TIP\"}").statusCode(201);
    post(buyer, path, "{\"amount\": 0.000001, \"type\": \"BONUS\"}")
        .statusCode(409)
        .body("code", equalTo("spend_cap"));
    task().created("15.000001").hears("refused");
    task().created("15").hears("held");
  }

  @Test
  void capOfNothingStopsAllSpending() {
    caps(buyer, "{\"perTask\": 0}").statusCode(200);

    task().created("0.000001").hears("refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"perTask\": -1}",
        "{\"perDay\": 0.0000001}",
        "{\"perDay\": 1e308}",
        "{\"perDay\": \"NaN\"}",
        "{\"perTask\": true}",
        "[]",
        "null",
        ""
      })
  void capsThatMakeNoSenseAreRefused(String body) {
    caps(buyer, body).statusCode(400);
  }

  private TaskTeller task() {
    return new TaskTeller(buyer, someone("agent"));
  }
}
