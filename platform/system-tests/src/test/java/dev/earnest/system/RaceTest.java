package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

/// Everybody calls at once; one of the legal outcomes happens, once, and the money follows it.
class RaceTest {
  private static final int CALLS = 20;

  @RepeatedTest(3)
  void simultaneousDeliverCancelAndApproveHaveOneLegalOutcome() throws Exception {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    List<Callable<Answer>> commands = List.of(life::tryDeliver, life::tryCancel, life::tryApprove);
    List<Answer> deliveries = new ArrayList<>();
    List<Answer> cancels = new ArrayList<>();
    List<Answer> approvals = new ArrayList<>();
    List<List<Answer>> answers = List.of(deliveries, cancels, approvals);
    List<Answer> all = atOnce(commands);
    for (int i = 0; i < CALLS; i++) {
      answers.get(i % commands.size()).add(all.get(i));
    }

    assertThat(all).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 409));
    boolean cancelled = succeeded(cancels) == 1;
    if (cancelled) {
      assertThat(succeeded(deliveries) + succeeded(approvals)).isZero();
      life.awaitStatus("CANCELLED").awaitBalances("50.00", "0");
    } else {
      assertThat(succeeded(cancels)).isZero();
      assertThat(succeeded(deliveries)).isEqualTo(1);
      assertThat(succeeded(approvals)).isLessThanOrEqualTo(1);
      if (succeeded(approvals) == 0) {
        life.approve();
      }
      life.awaitStatus("COMPLETED").awaitBalances("0", "47.50");
    }
    Life.assertLedgerIsClean();
  }

  private static List<Answer> atOnce(List<Callable<Answer>> commands)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(CALLS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        Callable<Answer> command = commands.get(i % commands.size());
        calls.add(
            threads.submit(() -> {
              start.await();
              return command.call();
            }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> call : calls) {
        answers.add(call.get());
      }
      return answers;
    }
  }

  private static long succeeded(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == 200).count();
  }
}
