package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the money goes, at each of a task's ends.
class MoneyTest {
  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  @Test
  void approvedWorkIsPaidLessTheFee() {
    Life life = new Life().register().deposit("100.00").create("50.00").awaitStatus("EXECUTING");
    assertThat(life.available(life.buyer)).isEqualByComparingTo("50.00");
    assertThat(life.held()).isEqualByComparingTo("50.00");
    life.progress().deliver().approve().awaitStatus("COMPLETED").awaitBalances("50.00", "47.50");
  }

  @Test
  void cancelledWorkIsRefunded() {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    assertThat(life.tryCancel().status()).isEqualTo(200);
    life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }

  @Test
  void workThatNobodyCanPayForIsRefused() {
    Life life = new Life().register().deposit("49.999999").create("50.00");
    life.awaitStatus("CANCELLED").awaitBalances("49.999999", "0");
    assertThat(
            RunningStack.market()
                .get(life.buyer, "/api/v1/tasks/" + life.task())
                .text("/task/reason"))
        .isEqualTo("insufficient_funds");
  }

  @Test
  void cancelBeforeTheMoneyIsHeldReturnsAllOfIt() {
    Life life = new Life().register().deposit("50.00").create("50.00");
    assertThat(life.tryCancel().status()).isEqualTo(200);
    life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }

  @ParameterizedTest(name = "{0} {1} %")
  @CsvSource({
    "REFUND_BUYER, 100, CANCELLED, 50.00, 0",
    "REFUND_BUYER, 33.333333, CANCELLED, 16.666666, 31.666667",
    "SPLIT, 50, COMPLETED, 25.00, 23.75",
    "RELEASE_TO_AGENT, null, COMPLETED, 0, 47.50"
  })
  void rulingsArePaidToTheMicroUnit(
      String resolution, String percentage, String status, String buyer, String owner) {
    Life life =
        new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING").deliver();
    String dispute = life.dispute();
    life.awaitStatus("DISPUTED");
    String ruling =
        "{\"resolution\": \"%s\", \"notes\": \"as seen\", \"refundPercentage\": %s}"
            .formatted(resolution, percentage);
    Life.await()
        .untilAsserted(() -> assertThat(life.tryResolve(dispute, ruling).status()).isEqualTo(200));
    life.awaitStatus(status).awaitBalances(buyer, owner);
  }

  @Test
  void disputeWithNothingDeliveredRefundsAtOnce() {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    life.dispute();
    life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }
}
