package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.kit.event.Topics;
import dev.earnest.testkit.TestClock;
import dev.earnest.testkit.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Money that missed what happened to its task, as it does when a database is restored from a backup.
@QuarkusTest
class ReconciliationTest extends EscrowTests {
  private String buyer = "";
  private String agent = "";
  private TaskTeller task = new TaskTeller("", "");

  @BeforeEach
  void oldHold() {
    buyer = someone("buyer");
    agent = someone("agent");
    task = new TaskTeller(buyer, agent);
    deposit(buyer, "50");
    task.created("50").assigned("50").settles();
  }

  @Test
  void oldHoldIsAskedAboutOnceADayUntilItsAnswerSettlesIt() {
    assertThat(task.heard()).containsExactly("held");
    TestClock.advance(Duration.ofHours(25));
    var asked = task.hears("state_asked");
    assertThat(asked.get("amount").decimalValue()).isEqualByComparingTo("50");
    assertThat(report().get("asks")).isEqualTo(1);
    assertThat(report().get("answeredAt")).isNull();
    TestClock.advance(Duration.ofHours(25));
    TestKafka.await(Topics.ESCROW, task.id(), "earnest.escrow.state_asked.v1", 2);

    task.reported("COMPLETED", _ -> {}).hears("released");

    assertThat(wallet(agent)).isEqualTo("47.50 available, 0.00 held");
    assertThat(report().get("asks")).isEqualTo(2);
    assertThat(report().get("status")).isEqualTo("COMPLETED");
    assertThat(report().get("did")).isEqualTo(List.of("released"));
    TestClock.advance(Duration.ofHours(25));
    task.settles();
    assertThat(task.heard()).containsExactly("held", "state_asked", "state_asked", "released");
  }

  @ParameterizedTest
  @CsvSource({
    "held, COMPLETED, 50, , RELEASED, 0.00, 47.50, released",
    "held, COMPLETED, 40, , RELEASED, 10.00, 38.00, difference_refunded released",
    "held, FAILED, 50, , REFUNDED, 50.00, 0.00, refunded",
    "held, CANCELLED, 50, , REFUNDED, 50.00, 0.00, refunded",
    "held, EXPIRED, 50, , REFUNDED, 50.00, 0.00, refunded",
    "held, COMPLETED, 50, 50, SETTLED, 25.00, 23.75, frozen settled",
    "held, CANCELLED, 50, 100, SETTLED, 50.00, 0.00, frozen settled",
    "held, DISPUTED, 50, , FROZEN, 0.00, 0.00, frozen",
    "held, EXECUTING, 50, , HELD, 0.00, 0.00, ''",
    "held, DELIVERED, 40, , HELD, 10.00, 0.00, difference_refunded",
    "held, PENDING, 50, , HELD, 0.00, 0.00, ''",
    "frozen, COMPLETED, 50, , RELEASED, 0.00, 47.50, thawed released",
    "frozen, FAILED, 50, , REFUNDED, 50.00, 0.00, thawed refunded",
    "frozen, COMPLETED, 50, 50, SETTLED, 25.00, 23.75, settled",
    "frozen, EXECUTING, 50, , HELD, 0.00, 0.00, thawed",
    "frozen, DISPUTED, 50, , FROZEN, 0.00, 0.00, ''",
  })
  void moneyIsBroughtIntoLineWithWhatIsReported(
      String before,
      String status,
      String price,
      @Nullable String refundPercentage,
      String state,
      String toBuyer,
      String toAgent,
      String did) {
    if (before.equals("frozen")) {
      task.disputed();
    }
    task.reported(status, priced(price, refundPercentage));

    Awaitility.await().untilAsserted(() -> assertThat(report().get("status")).isEqualTo(status));
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo(state);
    assertThat(wallet(buyer)).startsWith(toBuyer + " available");
    assertThat(wallet(agent)).startsWith(toAgent + " available");
    assertThat(report().get("did")).isEqualTo(did.isEmpty() ? List.of() : List.of(did.split(" ")));
  }

  @Test
  void reportOfWhatIsSettledMovesNothing() {
    task.completed().reported("COMPLETED", _ -> {}).reported("CANCELLED", _ -> {});

    Awaitility.await()
        .untilAsserted(() -> assertThat(report().get("status")).isEqualTo("CANCELLED"));
    assertThat(wallet(agent)).isEqualTo("47.50 available, 0.00 held");
    assertThat(task.heard()).containsExactly("held", "released");
  }

  @Test
  void reportThatWasOvertakenIsNotObeyed() {
    String late =
        task.event(
            "earnest.task.state_reported.v1",
            "CANCELLED",
            event -> event.with("task").put("version", 1));

    TestKafka.publish(Topics.TASK, task.id(), "earnest.task.state_reported.v1", late);
    task.settles();

    assertThat(wallet(buyer)).isEqualTo("0.00 available, 50.00 held");
  }

  /// The end came as nobody expected: a frozen hold is not released by task.completed alone.
  @Test
  void moneyLeftBehindByTheEndIsAskedAboutSoon() {
    task.disputed().completed().settles();
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo("FROZEN");

    TestClock.advance(Duration.ofMinutes(2));
    task.hears("state_asked");
    task.reported("COMPLETED", _ -> {}).hears("released");
  }

  private static Consumer<ObjectNode> priced(String price, @Nullable String refundPercentage) {
    return event -> {
      event.put("price", new BigDecimal(price));
      if (refundPercentage != null) {
        TaskTeller.ruling(event, "SPLIT", refundPercentage);
      }
    };
  }

  /// The line about this task.
  private Map<String, Object> report() {
    String cursor = "";
    while (true) {
      var page =
          as("root", "admin")
              .get("/api/v1/admin/ledger/reconciliations?limit=100" + cursor)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      List<Map<String, Object>> lines = page.getList("reconciliations");
      var found = lines.stream().filter(line -> task.id().equals(line.get("taskId"))).findFirst();
      if (found.isPresent() || page.getString("nextCursor") == null) {
        return found.orElse(Map.of());
      }
      cursor = "&cursor=" + Objects.requireNonNull(page.getString("nextCursor"));
    }
  }
}
