package dev.earnest.escrow.domain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.testkit.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What is told to whoever watches the ledger.
@QuarkusTest
class LedgerMetricsTest extends EscrowTests {
  @Inject LedgerMetrics metrics;

  @Test
  void heldTotalAndOldestHoldFollowTheHolds() {
    String buyer = someone("buyer");
    deposit(buyer, "50");
    metrics.lookAtHolds();
    double before = metric("earnest_holds_total");
    double open = metric("earnest_holds_open");

    TaskTeller task = new TaskTeller(buyer, someone("agent")).created("12.5");
    task.hears("held");
    metrics.lookAtHolds();

    assertThat(metric("earnest_holds_total")).isEqualTo(before + 12.5);
    assertThat(metric("earnest_holds_open")).isEqualTo(open + 1);
    TestClock.advance(Duration.ofHours(1));
    metrics.lookAtHolds();
    assertThat(metric("earnest_holds_oldest_seconds")).isGreaterThanOrEqualTo(3600);
  }

  @Test
  void refusedHoldsAreCountedByTheirReason() {
    String name = "earnest_holds_refused_total{reason=\"insufficient_funds\"";
    double before = metric(name);

    new TaskTeller(someone("poor"), someone("agent")).created("1").hears("refused");

    assertThat(metric(name)).isEqualTo(before + 1);
  }

  @Test
  void everyInvariantsVerdictIsShown() throws SQLException {
    metrics.lookAtInvariants();
    for (Invariant invariant : Invariant.values()) {
      assertThat(verdict(invariant)).as(invariant.name()).isEqualTo(1);
    }

    try (Connection owner = Owner.connect();
        Statement statement = owner.createStatement()) {
      statement.execute("INSERT INTO spending VALUES ('ACCOUNT', 'a broken one', '2020-01-01', 1)");
      metrics.lookAtInvariants();
      assertThat(verdict(Invariant.SPENDING_EQUALS_TRANSFERS)).isZero();
      statement.execute("DELETE FROM spending WHERE spender = 'a broken one'");
    }
    metrics.lookAtInvariants();
    assertThat(verdict(Invariant.SPENDING_EQUALS_TRANSFERS)).isEqualTo(1);
  }

  private static double verdict(Invariant invariant) {
    return metric(
        "earnest_ledger_check{invariant=\"" + invariant.name().toLowerCase(Locale.ROOT) + "\"");
  }

  /// 0 where there is none yet.
  private static double metric(String name) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
