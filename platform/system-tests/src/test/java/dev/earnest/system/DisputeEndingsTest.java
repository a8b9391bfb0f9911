package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.testkit.WebhookReceiver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every way in which a dispute can end, with the task's state and the money, to the micro-unit.
class DisputeEndingsTest {
  @BeforeAll
  static void jurors() {
    Trial.callJurors();
  }

  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  @ParameterizedTest(name = "settled at {0} %")
  @CsvSource({
    "0, COMPLETED, 0, 47.50",
    "33.333333, COMPLETED, 16.666666, 31.666667",
    "50, COMPLETED, 25.00, 23.75",
    "100, CANCELLED, 50.00, 0",
  })
  void acceptedOfferSettles(String share, String status, String buyer, String owner) {
    Trial trial = Trial.inNegotiation();
    trial.offer(trial.life.buyer, "{\"refundPercentage\": 90}");
    String counter = trial.offer(trial.life.owner, "{\"refundPercentage\": " + share + "}");
    trial.accept(trial.life.buyer, counter).awaitStatus("RESOLVED");
    trial.life.awaitStatus(status).awaitBalances(buyer, owner);
  }

  @Test
  void agreedRedeliveryThawsTheMoneyAndTheTaskGoesOn() {
    Trial trial = Trial.inNegotiation();
    Life life = trial.life;
    trial.accept(life.buyer, trial.offer(life.owner, "{\"redeliver\": true}"));
    life.awaitStatus("EXECUTING");
    assertThat(trial.text("/dispute/redelivery")).isEqualTo("true");
    assertThat(life.held()).isEqualByComparingTo("50.00");
    life.deliver().approve().awaitStatus("COMPLETED").awaitBalances("0", "47.50");
  }

  @ParameterizedTest(name = "jury: {0}")
  @CsvSource({
    "buyer, agent, CANCELLED, 50.00, 0, -0.15",
    "agent, split, COMPLETED, 0, 47.50, 0.1",
    "split, buyer, COMPLETED, 25.00, 23.75, -0.05",
  })
  void majorityOfAJuryDecides(
      String winner,
      String loser,
      String status,
      String buyer,
      String owner,
      BigDecimal reputation) {
    Trial trial = Trial.inNegotiation().silence().awaitStatus("JURY");
    BigDecimal before = trial.life.reputation();
    trial.vote(winner, loser, winner, winner).awaitStatus("RESOLVED");
    assertThat(trial.text("/dispute/ruling/tier")).isEqualTo("JURY");
    trial.life.awaitStatus(status).awaitBalances(buyer, owner);
    Life.await()
        .untilAsserted(
            () -> assertThat(trial.life.reputation()).isEqualByComparingTo(before.add(reputation)));
  }

  @Test
  void juryWithoutMajorityLeavesItToAnAdmin() {
    Trial trial = Trial.inNegotiation().silence().awaitStatus("JURY");
    trial.vote("buyer", "agent", "split", "buyer", "agent").awaitStatus("ARBITRATION");
    trial.rule("SPLIT", "12.5");
    trial.life.awaitStatus("COMPLETED").awaitBalances("6.25", "41.5625");
  }

  /// Fee and shares in whole micro-units, half to even; what is left stays with the agent.
  @ParameterizedTest(name = "{0} {1} % of {2}")
  @CsvSource({
    "REFUND_BUYER, 0, 50.00, CANCELLED, 0, 47.50",
    "REFUND_BUYER, 33.333333, 50.00, CANCELLED, 16.666666, 31.666667",
    "REFUND_BUYER, 50, 0.000003, CANCELLED, 0.000002, 0.000001",
    "REFUND_BUYER, 100, 50.00, CANCELLED, 50.00, 0",
    "REFUND_BUYER, null, 50.00, CANCELLED, 50.00, 0",
    "RELEASE_TO_AGENT, null, 50.00, COMPLETED, 0, 47.50",
    "SPLIT, 0, 50.00, COMPLETED, 0, 47.50",
    "SPLIT, 33.333333, 0.10, COMPLETED, 0.033333, 0.063334",
    "SPLIT, 50, 50.00, COMPLETED, 25.00, 23.75",
    "SPLIT, null, 0.000001, COMPLETED, 0, 0.000001",
    "SPLIT, 100, 50.00, COMPLETED, 50.00, 0",
  })
  void adminsRulingIsPaid(
      String resolution,
      String percentage,
      String price,
      String status,
      String buyer,
      String owner) {
    Trial trial = Trial.of(new Life().register().deposit(price).create(price));
    for (String share : List.of("0", "33.333333", "50", "100")) {
      assertThat(trial.tryRule("RELEASE_TO_AGENT", share).status()).isEqualTo(400);
    }
    trial.rule(resolution, percentage).awaitStatus("RESOLVED");
    trial.life.awaitStatus(status).awaitBalances(buyer, owner);
    assertThat(trial.tryRule("REFUND_BUYER", "100").status()).isEqualTo(409);
  }

  @Test
  void automaticRefundWhereNothingWasDelivered() {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    life.dispute();
    life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }

  @Test
  void nobodyDoesAnythingAndItEndsAllTheSame() {
    Trial trial = Trial.inNegotiation().silence().awaitStatus("JURY");
    RunningStack.stack().clock("+24h");
    trial.awaitStatus("ARBITRATION");
    RunningStack.stack().clock("+336h");
    trial.awaitStatus("RESOLVED").life.awaitStatus("COMPLETED").awaitBalances("25.00", "23.75");
  }

  @Test
  void deadlineOutlivesTheService() {
    Trial trial = Trial.inNegotiation();
    RunningStack.kill("dispute-service");
    RunningStack.restart();
    trial.silence().awaitStatus("JURY");
    RunningStack.kill("dispute-service");
    RunningStack.restart();
    trial.vote("buyer", "buyer", "buyer").awaitStatus("RESOLVED");
    trial.life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }

  @Test
  void everybodyIsTold() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Life life = new Life().register("\"" + receiver.url("/agent") + "\"").deposit("50.00");
      Trial trial = Trial.of(life.create("50.00", "\"" + receiver.url("/buyer") + "\""));
      trial.escalate(life.owner).rule("REFUND_BUYER", "100");
      life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
      Life.await()
          .untilAsserted(() -> {
            assertThat(hooks(receiver, "/buyer")).contains("task.disputed", "task.cancelled");
            assertThat(hooks(receiver, "/agent")).contains("task.disputed", "task.cancelled");
            List<String> timeline = new ArrayList<>();
            life.timeline().forEach(event -> timeline.add(event.path("type").asText()));
            assertThat(timeline)
                .contains(
                    "dispute.opened",
                    "task.disputed",
                    "dispute.escalated",
                    "dispute.resolved",
                    "dispute.reputation_adjusted",
                    "task.cancelled",
                    "escrow.settled")
                .doesNotContain("dispute.juror_called");
          });
    }
  }

  @Test
  void partiesFindItInTheirNotifications() {
    Trial trial = Trial.inNegotiation().rule("SPLIT", "50");
    Life life = trial.life;
    life.awaitStatus("COMPLETED").awaitBalances("25.00", "23.75");
    Life.await()
        .untilAsserted(() -> {
          assertThat(life.notifications(life.buyer)).contains("task.disputed", "dispute.resolved");
          assertThat(life.notifications(life.owner)).contains("task.disputed", "dispute.resolved");
        });
  }

  /// Delivery and dispute at once: whichever is first, work that was taken is never refunded by a rule.
  @RepeatedTest(5)
  void deliveryThatLandsWhileADisputeOpensIsNotRefundedAutomatically() throws Exception {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> disputed = people.submit(life::tryDispute);
      Future<Answer> delivered = people.submit(life::tryDeliver);
      assertThat(disputed.get().status()).isEqualTo(201);
      if (delivered.get().status() == 200) {
        life.awaitStatus("DISPUTED");
        Life.await().until(() -> newest(life), "NEGOTIATION"::equals);
        life.tryResolve(disputed.get().text("/dispute/id"), "{\"resolution\": \"REFUND_BUYER\"}");
      } else {
        assertThat(delivered.get().status()).isEqualTo(409);
      }
    }
    life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
  }

  /// Approval and dispute at once: one of them wins, and the loser is told.
  @RepeatedTest(5)
  void disputeThatComesAfterTheApprovalIsRefused() throws Exception {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    life.deliver();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> disputed = people.submit(life::tryDispute);
      Future<Answer> approved = people.submit(life::tryApprove);
      if (approved.get().status() == 200) {
        life.awaitStatus("COMPLETED").awaitBalances("0", "47.50");
        if (disputed.get().status() == 201) {
          Life.await().until(() -> newest(life), "REFUSED"::equals);
        } else {
          assertThat(disputed.get().status()).isEqualTo(409);
        }
      } else {
        assertThat(approved.get().status()).isEqualTo(409);
        life.awaitStatus("DISPUTED");
      }
    }
  }

  private static String newest(Life life) {
    String path = "/api/v1/tasks/" + life.task() + "/dispute";
    return RunningStack.market().get(life.buyer, path).text("/dispute/status");
  }

  private static List<String> hooks(WebhookReceiver receiver, String path) {
    return receiver.received().stream()
        .filter(hook -> hook.path().equals(path))
        .map(hook -> Marketplace.read(hook.body()).path("type").asText())
        .toList();
  }
}
