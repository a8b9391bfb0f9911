package dev.earnest.escrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Money on its way out of a wallet.
@QuarkusTest
class WithdrawalsResourceTest extends EscrowTests {
  private static final String PATH = "/api/v1/wallet/withdrawals";

  private String account = "";

  @BeforeEach
  void newAccount() {
    account = someone("agent");
    deposit(account, "100");
  }

  @Test
  void amountIsPendingAtOnce() {
    request("40")
        .statusCode(201)
        .body("success", equalTo(true))
        .body("withdrawal.account", equalTo(account))
        .body("withdrawal.amount", equalTo(40.0f))
        .body("withdrawal.destination", equalTo("bank"))
        .body("withdrawal.state", equalTo("PENDING"))
        .body("withdrawal.decidedAt", nullValue());

    as(account, "agent")
        .get("/api/v1/wallet")
        .then()
        .body("wallet.available", equalTo(60.0f))
        .body("wallet.pending", equalTo(40.0f));
  }

  @Test
  void confirmedMoneyHasLeftTheHouse() {
    BigDecimal outside = outside();
    String id = requested("40");

    decide(id, "confirm", "{\"reason\": \"wire 7\"}")
        .statusCode(200)
        .body("withdrawal.state", equalTo("CONFIRMED"))
        .body("withdrawal.reason", equalTo("wire 7"));

    pendingIs(0, 60);
    assertThat(outside().subtract(outside)).isEqualByComparingTo("40");
    types("WITHDRAWAL", "DEPOSIT");
  }

  @Test
  void rejectedMoneyIsBackInTheWallet() {
    String id = requested("40");

    postAsAdmin("/api/v1/admin/withdrawals/" + id + "/reject", "")
        .statusCode(200)
        .body("withdrawal.state", equalTo("REJECTED"));

    pendingIs(0, 100);
    types("WITHDRAWAL_REJECTED", "WITHDRAWAL", "DEPOSIT");
  }

  @ParameterizedTest
  @CsvSource({
    "confirm, confirm, CONFIRMED",
    "confirm, reject, CONFIRMED",
    "reject, confirm, REJECTED",
    "reject, reject, REJECTED"
  })
  void whatIsDecidedStaysSo(String first, String second, String state) {
    String id = requested("40");
    decide(id, first, "{}").statusCode(200);

    decide(id, second, "{}")
        .statusCode(409)
        .body("code", equalTo("illegal_withdrawal_move"))
        .body("state", equalTo(state));
  }

  @Test
  void simultaneousDecisionsAreOne() {
    String id = requested("40");

    List<Integer> statuses =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(
                i -> decide(id, i % 2 == 0 ? "confirm" : "reject", "{}").extract().statusCode())
            .toList();

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(11);
  }

  @Test
  void moreThanIsAvailableIsRefused() {
    request("100.000001").statusCode(409).body("code", equalTo("insufficient_funds"));

    pendingIs(0, 100);
  }

  @Test
  void withdrawalsRacingForTheSameMoneyDoNotOverdrawIt() {
    List<Integer> statuses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(_ -> request("60").extract().statusCode())
            .toList();

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
    pendingIs(60, 40);
  }

  @Test
  void withdrawalAndHoldsRacingForTheSameMoneyDoNotOverdrawIt() {
    List<TaskTeller> tasks =
        Stream.generate(() -> new TaskTeller(account, someone("other"))).limit(10).toList();

    Stream.<Runnable>concat(
            tasks.stream().map(task -> () -> task.created("30")),
            IntStream.range(0, 10).mapToObj(_ -> () -> request("30")))
        .toList()
        .parallelStream()
        .forEach(Runnable::run);
    tasks.forEach(TaskTeller::settles);

    as(account, "buyer").get("/api/v1/wallet").then().body("wallet.available", equalTo(10.0f));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'amount': 0, 'destination': 'bank'}",
        "{'amount': -1, 'destination': 'bank'}",
        "{'amount': 1e308, 'destination': 'bank'}",
        "{'amount': 0.0000001, 'destination': 'bank'}",
        "{'amount': 'NaN', 'destination': 'bank'}",
        "{'amount': 1, 'currency': 'XYZ', 'destination': 'bank'}",
        "{'amount': 1}",
        "{'amount': 1, 'destination': ' '}",
        "{'amount': 1, 'destination': 'a\\u0000b'}",
        "{'destination': 'bank'}",
        "{}",
        "null",
        ""
      })
  void withdrawalThatMakesNoSenseIsRefused(String body) {
    post(account, PATH, body.replace('\'', '"')).statusCode(400);

    pendingIs(0, 100);
  }

  @Test
  void everybodySeesTheirOwnAndAdminsAll() {
    String id = requested("1");
    String newer = requested("2");
    String other = someone("other");

    var page =
        as(account, "agent").get(PATH + "?limit=1").then().statusCode(200).extract().jsonPath();
    assertThat(page.<String>getList("withdrawals.id")).containsExactly(newer);
    as(account, "agent")
        .get(PATH + "?limit=1&cursor=" + page.getString("nextCursor"))
        .then()
        .body("withdrawals.id", equalTo(List.of(id)))
        .body("nextCursor", nullValue());
    as(other, "agent").get(PATH).then().body("withdrawals", equalTo(List.of()));
    as(other, "agent")
        .get(PATH + "?cursor=" + page.getString("nextCursor"))
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
    decide(id, "reject", "{}");
    assertThat(inState("rejected")).contains(id).doesNotContain(newer);
    assertThat(inState("PENDING")).contains(newer).doesNotContain(id);
  }

  @Test
  void stateThatDoesNotExistIsRefused() {
    as("root", "admin").get("/api/v1/admin/withdrawals?state=paid").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e77", "7"})
  void unknownWithdrawalIsNotThere(String id) {
    decide(id, "confirm", "{}").statusCode(404).body("code", equalTo("not_found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirm", "reject"})
  void onlyAdminsDecide(String what) {
    post(account, "/api/v1/admin/withdrawals/" + requested("1") + "/" + what, "{}")
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    as(account, "buyer", "agent").get("/api/v1/admin/withdrawals").then().statusCode(403);
  }

  @Test
  void withdrawalWithAnIdempotencyKeyIsMadeOnce() {
    List<String> answers =
        IntStream.range(0, 3)
            .mapToObj(_ ->
                as(account, "agent")
                    .contentType("application/json")
                    .header("Idempotency-Key", "w-" + account)
                    .body("{\"amount\": 30, \"destination\": \"bank\"}")
                    .post(PATH)
                    .asString())
            .toList();

    assertThat(answers).containsOnly(answers.getFirst());
    pendingIs(30, 70);
  }

  private ValidatableResponse request(String amount) {
    return post(account, PATH, "{\"amount\": %s, \"destination\": \"bank\"}".formatted(amount));
  }

  private String requested(String amount) {
    return request(amount).statusCode(201).extract().path("withdrawal.id");
  }

  private static ValidatableResponse decide(String id, String what, String body) {
    return postAsAdmin("/api/v1/admin/withdrawals/" + id + "/" + what, body);
  }

  /// All of them, page by page.
  private static List<String> inState(String state) {
    List<String> ids = new ArrayList<>();
    String query = "?limit=100&state=" + state;
    String cursor = "";
    do {
      var page =
          as("root", "admin")
              .get("/api/v1/admin/withdrawals" + query + cursor)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      ids.addAll(page.getList("withdrawals.id"));
      String next = page.getString("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return ids;
  }

  private void pendingIs(float pending, float available) {
    as(account, "agent")
        .get("/api/v1/wallet")
        .then()
        .body("wallet.pending", equalTo(pending))
        .body("wallet.available", equalTo(available));
  }

  private void types(String... types) {
    as(account, "agent")
        .get("/api/v1/wallet/transactions")
        .then()
        .body("transactions.type", equalTo(List.of(types)));
  }

  private static BigDecimal outside() {
    return new BigDecimal(
        ledgerAccounts().getString("accounts.find { it.kind == 'OUTSIDE' }.balance"));
  }
}
