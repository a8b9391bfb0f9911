package dev.earnest.escrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters of a wallet's transactions, and the table of them.
@QuarkusTest
class TransactionsResourceTest extends EscrowTests {
  private String buyer = "";
  private TaskTeller first = new TaskTeller("", "");

  @BeforeEach
  void someHistory() {
    buyer = someone("buyer");
    deposit(buyer, "80", "=SUM(A1), \\\"quoted\\\" " + buyer).statusCode(201);
    first = new TaskTeller(buyer, someone("agent"));
    first.created("50").ended("cancelled").hears("refunded");
    new TaskTeller(buyer, someone("agent")).created("20").hears("held");
  }

  @Test
  void filtersByTypeInAnyCaseAndNumber() {
    assertThat(types("?type=hold")).containsExactly("HOLD", "HOLD");
    assertThat(types("?type=DEPOSIT,refund")).containsExactly("REFUND", "DEPOSIT");
    assertThat(types("?type=DEPOSIT&type=refund")).containsExactly("REFUND", "DEPOSIT");
  }

  @Test
  void filtersByTask() {
    assertThat(types("?taskId=" + first.id())).containsExactly("REFUND", "HOLD");
  }

  @Test
  void filtersByTime() {
    OffsetDateTime refunded =
        OffsetDateTime.parse(transactions("?type=REFUND").getString("transactions[0].createdAt"));
    String next = refunded.plus(Duration.ofMillis(1)).toString();

    assertThat(types("?from=" + refunded)).contains("REFUND", "HOLD");
    assertThat(types("?to=" + next)).contains("REFUND", "DEPOSIT");
    assertThat(types("?to=" + refunded)).doesNotContain("REFUND");
    assertThat(types("?from=" + next)).doesNotContain("REFUND");
    assertThat(types("?to=2020-01-01")).isEmpty();
    assertThat(types("?from=2020-01-01&type=DEPOSIT")).containsExactly("DEPOSIT");
  }

  @Test
  void filteredPagesFollowEachOther() {
    IntStream.rangeClosed(1, 3).forEach(amount -> deposit(buyer, Integer.toString(amount)));

    var page = transactions("?type=DEPOSIT&limit=2");
    var rest = transactions("?type=DEPOSIT&limit=2&cursor=" + page.getString("nextCursor"));

    assertThat(page.<Float>getList("transactions.amount")).containsExactly(3f, 2f);
    assertThat(rest.<Float>getList("transactions.amount")).containsExactly(1f, 80f);
    assertThat(rest.getString("nextCursor")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=GIFT",
        "taskId=7",
        "from=yesterday",
        "to=2026-13-01",
        "from=%2B999999999-01-01T00:00:00Z",
        "from=2026-01-01T00:00:00"
      })
  void filterThatMakesNoSenseIsRefused(String query) {
    as(buyer, "buyer")
        .urlEncodingEnabled(false)
        .get("/api/v1/wallet/transactions?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation_failed"));
  }

  @Test
  void tableHasEverythingOnceAndNoFormulas() {
    IntStream.rangeClosed(1, 25).forEach(amount -> deposit(buyer, Integer.toString(amount)));

    List<String> lines =
        as(buyer, "buyer")
            .accept("text/csv")
            .get("/api/v1/wallet/transactions")
            .then()
            .statusCode(200)
            .contentType(startsWith("text/csv"))
            .extract()
            .asString()
            .lines()
            .toList();

    assertThat(lines).hasSize(1 + 4 + 25);
    assertThat(lines.getFirst())
        .isEqualTo("id,createdAt,type,amount,balance,currency,taskId,reference,note");
    assertThat(lines.getLast())
        .endsWith(",DEPOSIT,80.00,80.00,USDC,,\"'=SUM(A1), \"\"quoted\"\" %s\",".formatted(buyer));
    assertThat(lines.get(26)).contains(",HOLD,-20.00,60.00,USDC,");
  }

  @Test
  void tableIsFilteredToo() {
    String table =
        as(buyer, "buyer")
            .accept("text/csv")
            .get("/api/v1/wallet/transactions?type=REFUND")
            .asString();

    assertThat(table.lines()).hasSize(2);
    as(buyer, "buyer")
        .accept("text/csv")
        .get("/api/v1/wallet/transactions?type=GIFT")
        .then()
        .statusCode(400);
  }

  @Test
  void tableOfMoreThanIsReadAtOnceIsWhole() {
    String other = someone("other");
    IntStream.range(0, 1001).parallel().forEach(_ -> deposit(other, "1"));

    String table =
        as("root", "admin")
            .accept("text/csv")
            .get("/api/v1/admin/wallets/{account}/transactions", other)
            .asString();

    assertThat(table.lines().skip(1).map(line -> line.split(",")[0]).distinct()).hasSize(1001);
  }

  @Test
  void whoDoesNotSayWhatTheyAcceptGetsJson() {
    as(buyer, "buyer")
        .accept("*/*")
        .get("/api/v1/wallet/transactions")
        .then()
        .statusCode(200)
        .contentType(startsWith("application/json"));
  }

  @Test
  void nobodySeesSomebodyElses() {
    String other = someone("other");

    as(other, "buyer")
        .get("/api/v1/wallet/transactions?account=" + buyer)
        .then()
        .statusCode(200)
        .body("transactions", equalTo(List.of()));
    as(other, "buyer")
        .get("/api/v1/admin/wallets/{account}/transactions", buyer)
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
    as("root", "admin")
        .get("/api/v1/admin/wallets/{account}/transactions?type=refund", buyer)
        .then()
        .statusCode(200)
        .body("transactions.type", equalTo(List.of("REFUND")));
  }

  private List<String> types(String query) {
    return transactions(query).getList("transactions.type");
  }

  private JsonPath transactions(String query) {
    return as(buyer, "buyer")
        .get("/api/v1/wallet/transactions" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
