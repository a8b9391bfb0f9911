package dev.earnest.escrow.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.testkit.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WalletResourceTest extends EscrowTests {
  @Test
  void walletThatWasNeverUsedReadsZero() {
    assertThat(wallet(someone("nobody"))).isEqualTo("0.00 available, 0.00 held");
  }

  @Test
  void depositIsInTheWalletOfItsAccount() {
    String account = someone("buyer");

    deposit(account, "12.5", "invoice 7 of " + account)
        .statusCode(201)
        .body("success", equalTo(true))
        .body("transfer.account", equalTo(account))
        .body("transfer.type", equalTo("DEPOSIT"))
        .body("transfer.reference", equalTo("invoice 7 of " + account));

    assertThat(wallet(account)).isEqualTo("12.50 available, 0.00 held");
    as("root", "admin")
        .get("/api/v1/admin/wallets/{account}", account)
        .then()
        .statusCode(200)
        .body("wallet.account", equalTo(account))
        .body("wallet.available", equalTo(12.50f));
  }

  @Test
  void sameDepositAgainIsAnsweredAsItWasAndMovesNothing() {
    String account = someone("buyer");
    String reference = UUID.randomUUID().toString();
    String first = deposit(account, "5", reference).statusCode(201).extract().path("transfer.id");

    deposit(account, "5.00", reference).statusCode(200).body("transfer.id", equalTo(first));

    assertThat(wallet(account)).isEqualTo("5.00 available, 0.00 held");
  }

  @Test
  void usedReferenceWithAnotherDepositIsRefused() {
    String account = someone("buyer");
    String reference = UUID.randomUUID().toString();
    deposit(account, "5", reference).statusCode(201);

    deposit(account, "6", reference).statusCode(409).body("code", equalTo("reference_used"));
    deposit(someone("other"), "5", reference)
        .statusCode(409)
        .body("code", equalTo("reference_used"));

    assertThat(wallet(account)).isEqualTo("5.00 available, 0.00 held");
  }

  @Test
  void simultaneousPostsOfOneReferenceCountOnce() {
    String account = someone("buyer");
    String reference = UUID.randomUUID().toString();

    List<Integer> statuses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(_ -> deposit(account, "5", reference).extract().statusCode())
            .toList();

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(15);
    assertThat(wallet(account)).isEqualTo("5.00 available, 0.00 held");
  }

  @Test
  void depositsWithAnIdempotencyKeyAreAnsweredAsTheyWere() {
    String account = someone("buyer");
    List<String> answers =
        IntStream.range(0, 3).mapToObj(_ -> keyed(account, "key-1", 201)).toList();
    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(wallet(account)).isEqualTo("5.00 available, 0.00 held");
  }

  @Test
  void moreKeyedDepositsAtOnceThanThePoolHasConnections() {
    String account = someone("buyer");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 40)
          .forEach(i -> threads.submit(() -> keyed(account + "-" + i, "key", 201)));
    }
    IntStream.range(0, 40)
        .forEach(i -> assertThat(wallet(account + "-" + i)).startsWith("5.00 available"));
  }

  private static String keyed(String account, String key, int status) {
    return as("root", "admin")
        .contentType("application/json")
        .header("Idempotency-Key", account + key)
        .body(
            "{\"account\": \"%s\", \"amount\": 5, \"reference\": \"%s\"}"
                .formatted(account, account))
        .post("/api/v1/wallet/deposits")
        .then()
        .statusCode(status)
        .extract()
        .asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "0.0000001",
        "1e308",
        "1e999999999",
        "1000000000000.000001",
        "\"50\"",
        "\"NaN\"",
        "null",
        "true",
        "[]",
        "{}"
      })
  void amountThatMakesNoSenseIsRefused(String amount) {
    String account = someone("buyer");

    deposit(account, amount, UUID.randomUUID().toString())
        .statusCode(400)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("validation_failed"))
        .body("errors[0].field", equalTo("amount"))
        .body("success", equalTo(false));

    assertThat(wallet(account)).isEqualTo("0.00 available, 0.00 held");
  }

  static Stream<String> wrongBodies() {
    return Stream.of(
        "",
        "null",
        "{",
        "[]",
        "\"text\"",
        "{}",
        "{\"account\": \"a\", \"amount\": NaN, \"reference\": \"r\"}",
        "{\"amount\": 1, \"reference\": \"r\"}",
        "{\"account\": \" \", \"amount\": 1, \"reference\": \"r\"}",
        "{\"account\": 7, \"amount\": 1, \"reference\": \"r\"}",
        "{\"account\": \"a\", \"amount\": 1}",
        "{\"account\": \"a\", \"amount\": 1, \"reference\": \"\"}",
        "{\"account\": \"a\", \"amount\": 1, \"reference\": \"" + "r".repeat(201) + "\"}",
        "{\"account\": \"a\\u0000b\", \"amount\": 1, \"reference\": \"r\"}",
        "{\"account\": \"a\", \"amount\": 1, \"reference\": \"\\ud800\"}",
        "{\"account\": \"a\", \"amount\": 1, \"currency\": \"EUR\", \"reference\": \"r\"}",
        "{\"account\": \"a\", \"amount\": 1, \"currency\": 5, \"reference\": \"r\"}");
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void bodyThatMakesNoSenseIsRefused(String body) {
    postDeposit(body).statusCode(400).contentType(containsString("application/problem+json"));
  }

  @Test
  void bodyOfAnotherTypeIsRefused() {
    as("root", "admin")
        .contentType("text/plain")
        .body("5")
        .post("/api/v1/wallet/deposits")
        .then()
        .statusCode(415)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void balanceThatCannotBeCountedIsRefused() {
    String rich = someone("rich");
    IntStream.range(0, 9).forEach(_ -> deposit(rich, "1000000000000"));

    deposit(rich, "1000000000000", UUID.randomUUID().toString())
        .statusCode(409)
        .body("code", equalTo("balance_limit"));

    assertThat(wallet(rich)).isEqualTo("9000000000000.00 available, 0.00 held");
  }

  @Test
  void transactionsAreTheWalletsHistoryNewestFirst() {
    String buyer = someone("buyer");
    TaskTeller task = new TaskTeller(buyer, someone("agent"));
    deposit(buyer, "80", "first of " + buyer);
    task.created("50").ended("cancelled").hears("refunded");

    var page = as(buyer, "buyer").get("/api/v1/wallet/transactions").then().statusCode(200);

    page.body("transactions.type", equalTo(List.of("REFUND", "HOLD", "DEPOSIT")))
        .body("transactions.amount", equalTo(List.of(50.00f, -50.00f, 80.00f)))
        .body("transactions.balance", equalTo(List.of(80.00f, 30.00f, 80.00f)))
        .body("transactions[0].taskId", equalTo(task.id()))
        .body("transactions[2].reference", equalTo("first of " + buyer))
        .body("nextCursor", equalTo(null));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    String buyer = someone("buyer");
    IntStream.rangeClosed(1, 5).forEach(amount -> deposit(buyer, Integer.toString(amount)));

    var first = transactions(buyer, "?limit=2");
    var second = transactions(buyer, "?limit=2&cursor=" + first.getString("nextCursor"));
    deposit(buyer, "6");
    var third = transactions(buyer, "?limit=2&cursor=" + second.getString("nextCursor"));

    assertThat(first.<Float>getList("transactions.amount")).containsExactly(5f, 4f);
    assertThat(second.<Float>getList("transactions.amount")).containsExactly(3f, 2f);
    assertThat(third.<Float>getList("transactions.amount")).containsExactly(1f);
    assertThat(third.getString("nextCursor")).isNull();
  }

  @Test
  void cursorOfSomebodyElseIsRefused() {
    String buyer = someone("buyer");
    IntStream.rangeClosed(1, 2).forEach(_ -> deposit(buyer, "1"));
    String cursor = transactions(buyer, "?limit=1").getString("nextCursor");

    as(someone("other"), "buyer")
        .get("/api/v1/wallet/transactions?cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_cursor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "limit=-1", "cursor=x", "cursor=%00", "limit=x"})
  void pageThatMakesNoSenseIsRefused(String query) {
    as("buyer", "buyer")
        .urlEncodingEnabled(false)
        .get("/api/v1/wallet/transactions?" + query)
        .then()
        .statusCode(400)
        .contentType(containsString("application/problem+json"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/wallet",
    "GET, /api/v1/wallet/transactions",
    "POST, /api/v1/wallet/deposits",
    "GET, /api/v1/admin/wallets/buyer",
    "GET, /api/v1/admin/ledger/check",
    "GET, /api/v1/tasks/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/payments",
    "POST, /api/v1/tasks/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/payments",
    "GET, /api/v1/wallet/caps",
    "PUT, /api/v1/wallet/caps",
    "GET, /api/v1/wallet/withdrawals",
    "POST, /api/v1/wallet/withdrawals",
    "GET, /api/v1/admin/withdrawals",
    "POST, /api/v1/admin/withdrawals/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/confirm",
    "POST, /api/v1/admin/withdrawals/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/reject",
    "GET, /api/v1/admin/wallets/buyer/transactions",
    "GET, /api/v1/admin/ledger/accounts",
    "GET, /api/v1/admin/ledger/reconciliations",
  })
  void nothingIsSaidWithoutAGoodToken(String method, String path) {
    Stream.of(
            given(),
            given().auth().oauth2(Tokens.expired("root", "admin")),
            given().auth().oauth2(Tokens.forAudience("elsewhere", "root", "admin")),
            given().auth().oauth2(Tokens.withOtherKey("root", "admin")),
            given().auth().oauth2(Tokens.unsigned("root", "admin")))
        .forEach(request ->
            request
                .contentType("application/json")
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType(containsString("application/problem+json"))
                .body("code", equalTo("unauthorized")));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/wallet/deposits",
    "GET, /api/v1/admin/wallets/buyer",
    "GET, /api/v1/admin/ledger/check",
    "GET, /api/v1/admin/withdrawals",
    "POST, /api/v1/admin/withdrawals/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/confirm",
    "POST, /api/v1/admin/withdrawals/0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01/reject",
    "GET, /api/v1/admin/wallets/buyer/transactions",
    "GET, /api/v1/admin/ledger/accounts",
    "GET, /api/v1/admin/ledger/reconciliations",
  })
  void wrongRoleIsForbidden(String method, String path) {
    as("buyer", "buyer", "agent")
        .contentType("application/json")
        .body("{\"account\": \"buyer\", \"amount\": 1, \"reference\": \"r\"}")
        .request(method, path)
        .then()
        .statusCode(403)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("forbidden"));
  }

  @Test
  void accountNameThatMakesNoSenseIsRefused() {
    as("root", "admin")
        .urlEncodingEnabled(false)
        .get("/api/v1/admin/wallets/a%00b")
        .then()
        .statusCode(400);
  }

  private static JsonPath transactions(String account, String query) {
    return as(account, "buyer")
        .get("/api/v1/wallet/transactions" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
