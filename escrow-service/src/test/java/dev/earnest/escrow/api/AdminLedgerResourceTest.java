package dev.earnest.escrow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What admins see of the whole ledger.
@QuarkusTest
class AdminLedgerResourceTest extends EscrowTests {
  @Test
  void checkNamesEveryInvariantWithItsVerdict() {
    as("root", "admin")
        .get("/api/v1/admin/ledger/check")
        .then()
        .statusCode(200)
        .body("success", is(true))
        .body("check.ok", is(true))
        .body(
            "check.invariants.name",
            hasItems("all_accounts_sum_to_zero", "pending_equals_withdrawals"))
        .body("check.invariants.ok", everyItem(is(true)))
        .body("check.invariants.rows", everyItem(is(List.of())));
  }

  @Test
  void feeIsExactThoughItIsSpreadOverManyRows() {
    String buyer = someone("buyer");
    deposit(buyer, "40");
    BigDecimal before = sum("FEE");
    List<TaskTeller> tasks =
        Stream.generate(() -> new TaskTeller(buyer, someone("agent"))).limit(20).toList();

    // one after the other, so that they are transactions of their own
    tasks.forEach(task -> task.created("2").assigned("2").completed().hears("released"));

    assertThat(sum("FEE").subtract(before)).isEqualByComparingTo("2");
    assertThat(ledgerAccounts().getInt("accounts.find { it.kind == 'FEE' }.accounts"))
        .isGreaterThan(1);
  }

  @Test
  void allKindsTogetherAreNothing() {
    deposit(someone("buyer"), "7.000001");

    List<Object> balances = ledgerAccounts().getList("accounts.balance");

    assertThat(
            balances.stream()
                .map(balance -> new BigDecimal(balance.toString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "cursor=x"})
  void pageThatMakesNoSenseIsRefused(String query) {
    as("root", "admin").get("/api/v1/admin/ledger/reconciliations?" + query).then().statusCode(400);
  }

  private static BigDecimal sum(String kind) {
    return new BigDecimal(
        String.valueOf(
            ledgerAccounts()
                .<Object>get("accounts.find { it.kind == '" + kind + "' }?.balance ?: 0")
                .toString()));
  }
}
