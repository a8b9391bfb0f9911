package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.kit.event.Topics;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A task's money from task.created to its end, through Kafka and the ledger.
@QuarkusTest
class MoneySagaTest extends EscrowTests {
  private String buyer = "";
  private String agent = "";
  private TaskTeller task = new TaskTeller("", "");

  @BeforeEach
  void newPeople() {
    buyer = someone("buyer");
    agent = someone("agent");
    task = new TaskTeller(buyer, agent);
  }

  @Test
  void budgetIsHeldAndReleasedLessTheFee() {
    deposit(buyer, "80");
    assertThat(task.created("50.00").hears("held").get("amount").decimalValue())
        .isEqualByComparingTo("50");
    assertThat(wallet(buyer)).isEqualTo("30.00 available, 50.00 held");
    assertThat(payments(task, agent).getString("payments.state")).isEqualTo("HELD");

    JsonNode released = task.assigned("50.00").delivered().completed().hears("released");

    assertThat(released.get("payer").asText()).isEqualTo(buyer);
    assertThat(released.get("payee").asText()).isEqualTo(agent);
    assertThat(released.get("net").decimalValue()).isEqualByComparingTo("47.50");
    assertThat(wallet(buyer)).isEqualTo("30.00 available, 0.00 held");
    assertThat(wallet(agent)).isEqualTo("47.50 available, 0.00 held");
    assertThat(task.heard()).containsExactly("held", "released");
  }

  @Test
  void budgetOverTheWalletIsRefusedAndNothingMoves() {
    deposit(buyer, "49.999999");

    JsonNode refused = task.created("50").hears("refused");

    assertThat(refused.get("reason").asText()).isEqualTo("insufficient_funds");
    assertThat(refused.get("detail").asText())
        .isEqualTo("The wallet has less than 50.00 USDC available.");
    assertThat(wallet(buyer)).isEqualTo("49.999999 available, 0.00 held");
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo("NONE");
    assertThat(payments(task, buyer).getString("payments.reason")).isEqualTo("insufficient_funds");
    assertThat(payments(task, buyer).getList("payments.transactions")).isEmpty();
  }

  @Test
  void refusedTaskIsNotFundedLaterByAReplay() {
    task.created("50").hears("refused");
    deposit(buyer, "100");

    task.created("50").ended("cancelled").settles();

    assertThat(task.heard()).containsExactly("refused");
    assertThat(wallet(buyer)).isEqualTo("100.00 available, 0.00 held");
  }

  @Test
  void taskWithoutBudgetMovesNothing() {
    deposit(buyer, "10");

    task.created("0").assigned("0").completed().settles();

    assertThat(task.heard()).isEmpty();
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo("NONE");
    assertThat(wallet(buyer)).isEqualTo("10.00 available, 0.00 held");
  }

  @Test
  void priceUnderTheBudgetSendsTheDifferenceBackAtOnce() {
    deposit(buyer, "50");

    JsonNode back = task.created("50").assigned("40").hears("refunded");

    assertThat(back.get("amount").decimalValue()).isEqualByComparingTo("10");
    assertThat(back.get("final").asBoolean()).isFalse();
    assertThat(wallet(buyer)).isEqualTo("10.00 available, 40.00 held");
    task.completed().hears("released");
    assertThat(wallet(agent)).isEqualTo("38.00 available, 0.00 held");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "cancelled", "expired"})
  void endWithoutWorkRefundsInFull(String end) {
    deposit(buyer, "50");

    JsonNode refunded = task.created("50").assigned("50").ended(end).hears("refunded");

    assertThat(refunded.get("final").asBoolean()).isTrue();
    assertThat(refunded.get("reason").asText()).isEqualTo(end);
    assertThat(wallet(buyer)).isEqualTo("50.00 available, 0.00 held");
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo("REFUNDED");
  }

  @Test
  void disputeFreezesAndRedeliveryThaws() {
    deposit(buyer, "50");

    task.created("50").assigned("50").delivered().disputed().hears("frozen");
    assertThat(payments(task, buyer).getString("payments.state")).isEqualTo("FROZEN");
    assertThat(wallet(buyer)).isEqualTo("0.00 available, 50.00 held");
    task.redeliveryStarted().hears("thawed");
    task.completed().hears("released");

    assertThat(task.heard()).containsExactly("held", "frozen", "thawed", "released");
  }

  @ParameterizedTest
  @CsvSource({
    "SPLIT, 50, 25.00, 23.75",
    "SPLIT, 33.3333, 16.66665, 31.666682",
    "REFUND_BUYER, 100, 50.00, 0.00",
    "REFUND_BUYER, 80, 40.00, 9.50",
    "RELEASE_TO_AGENT, 0, 0.00, 47.50",
  })
  void rulingIsPaidByItsPercentage(
      String resolution, String percentage, String toBuyer, String toAgent) {
    deposit(buyer, "50");

    JsonNode settled =
        task.created("50").assigned("50").disputed().ruled(resolution, percentage).hears("settled");

    assertThat(settled.get("resolution").asText()).isEqualTo(resolution);
    assertThat(wallet(buyer)).isEqualTo(toBuyer + " available, 0.00 held");
    assertThat(wallet(agent)).isEqualTo(toAgent + " available, 0.00 held");
    assertThat(payments(task, agent).getString("payments.state")).isEqualTo("SETTLED");
  }

  @Test
  void hundredTasksCannotOverdrawAWallet() {
    deposit(buyer, "500");
    List<TaskTeller> tasks =
        Stream.generate(() -> new TaskTeller(buyer, agent)).limit(100).toList();

    tasks.parallelStream().forEach(one -> one.created("10"));
    tasks.getLast().settles();

    List<String> outcomes = hear(tasks, "", 100);
    assertThat(outcomes).hasSize(100);
    assertThat(outcomes).filteredOn("earnest.escrow.held.v1"::equals).hasSize(50);
    assertThat(outcomes).filteredOn("earnest.escrow.refused.v1"::equals).hasSize(50);
    assertThat(wallet(buyer)).isEqualTo("0.00 available, 500.00 held");
  }

  @Test
  void sameEventAThousandTimesHasItsEffectOnce() {
    deposit(buyer, "500");
    var type = "earnest.task.created.v1";
    String event = task.event(type, "PENDING", _ -> {});
    var headers = TestKafka.headers(UUID.randomUUID().toString(), type, task.id());

    Stream.generate(() -> headers)
        .limit(1000)
        .parallel()
        .forEach(same -> TestKafka.publish(Topics.TASK, task.id(), same, event));
    task.settles();

    assertThat(task.heard()).containsExactly("held");
    assertThat(wallet(buyer)).isEqualTo("450.00 available, 50.00 held");
  }

  @Test
  void moneyLeavesEscrowOnce() {
    deposit(buyer, "50");

    task.created("50").assigned("50").completed().completed().ended("cancelled");
    task.disputed().ruled("REFUND_BUYER", "100").created("50").settles();

    assertThat(task.heard()).containsExactly("held", "released");
    assertThat(wallet(agent)).isEqualTo("47.50 available, 0.00 held");
    assertThat(payments(task, buyer).getList("payments.transactions")).hasSize(2);
  }

  @Test
  void createdReplayedAfterCancelledHoldsNothing() {
    deposit(buyer, "50");

    task.created("50").ended("cancelled").created("50").settles();

    assertThat(task.heard()).containsExactly("held", "refunded");
    assertThat(wallet(buyer)).isEqualTo("50.00 available, 0.00 held");
  }

  @Test
  void createdHeardOnlyAfterTheEndHoldsNothing() {
    deposit(buyer, "50");
    String late =
        task.event(
            "earnest.task.created.v1", "PENDING", event -> event.with("task").put("version", 1));

    task.says("matching", "MATCHING", _ -> {}).ended("cancelled");
    TestKafka.publish(Topics.TASK, task.id(), "earnest.task.created.v1", late);
    task.says("progressed", "CANCELLED", _ -> {}).settles();

    assertThat(task.heard()).isEmpty();
    assertThat(wallet(buyer)).isEqualTo("50.00 available, 0.00 held");
  }

  @Test
  void brokenEventHoldsUpItsOwnTaskOnly() {
    deposit(buyer, "100");
    TaskTeller broken = new TaskTeller(buyer, agent);

    TestKafka.publish(Topics.TASK, broken.id(), "earnest.task.created.v1", "{\"task\": {}}");
    task.created("50").hears("held");

    TestKafka.await(Topics.DEAD_LETTERS, broken.id(), "earnest.dead_letter.parked.v1");
    assertThat(wallet(buyer)).isEqualTo("50.00 available, 50.00 held");
  }

  @Test
  void depositsAndHoldsOfTheSamePeopleDoNotBlockEachOther() {
    String other = someone("other");
    deposit(buyer, "500");
    deposit(other, "500");
    List<TaskTeller> tasks =
        Stream.concat(
                Stream.generate(() -> new TaskTeller(buyer, other)).limit(25),
                Stream.generate(() -> new TaskTeller(other, buyer)).limit(25))
            .toList();

    Stream<Runnable> work =
        Stream.concat(
            tasks.stream().map(one -> () -> one.created("20").assigned("20").completed()),
            Stream.of(buyer, other, buyer, other)
                .flatMap(account -> Stream.generate(() -> account).limit(20))
                .map(account -> () -> deposit(account, "1")));
    work.toList().parallelStream().forEach(Runnable::run);
    hear(tasks, "released", tasks.size());

    // 500 + 40 deposited, 25 × 20 paid, 25 × 19 received, for each of them
    assertThat(wallet(buyer)).isEqualTo("515.00 available, 0.00 held");
    assertThat(wallet(other)).isEqualTo("515.00 available, 0.00 held");
  }

  /// The types of what is told of these tasks' money, with the asked word in them.
  private static List<String> hear(List<TaskTeller> tasks, String word, int count) {
    Set<String> ids = tasks.stream().map(TaskTeller::id).collect(Collectors.toSet());
    return TestKafka.awaitMatching(
            Topics.ESCROW, told -> ids.contains(told.key()) && told.type().contains(word), count)
        .stream()
        .map(TestRecord::type)
        .toList();
  }
}
