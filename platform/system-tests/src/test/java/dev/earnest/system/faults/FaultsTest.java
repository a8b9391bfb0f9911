package dev.earnest.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.system.FlakyReceiver;
import dev.earnest.system.OwnStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Whatever dies, stands still or is cut off: what was accepted is done, once, and the books balance.
/// `./earnest test --faults` does the same for half an hour.
class FaultsTest {
  private static final long SEED = Long.getLong("earnest.faults.seed", 24);
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("earnest.faults.seconds", 60));
  private static final int REPLICAS = Integer.getInteger("earnest.faults.replicas", 2);
  private static final int PAIRS = 4;

  /// With the time that dispute-service has to object, longer than a buyer has to review.
  private static final String UNTIL_SILENCE_APPROVES = "+72h";

  /// Longer than all pauses between the attempts of a webhook.
  private static final int MOST_MOVES = 25;

  @Test
  void whatWasAcceptedIsDoneOnceWhateverFails() throws Exception {
    System.out.printf("faults: seed %d, %d s, %d replicas%n", SEED, TIME.toSeconds(), REPLICAS);
    try (Links links = new Links();
        OwnStack own = new OwnStack(UpOptions.defaults().replicas(REPLICAS).by(links));
        FlakyReceiver receiver = new FlakyReceiver()) {
      int gateway = links.port(Plan.CLIENTS, Plan.GATEWAY, own.stack().port(Plan.GATEWAY));
      Insistent market = new Insistent("http://127.0.0.1:" + gateway, own::token);
      Injector injector = new Injector(own.stack(), links, REPLICAS);
      Books books = new Books();
      try (Workload workload = new Workload(market, books, receiver)) {
        workload.begin(PAIRS, SEED);
        injector.follow(new Plan(SEED, REPLICAS), TIME);
        System.out.println("faults: all is well again");
        workload.end();
        own.stack().clock(UNTIL_SILENCE_APPROVES);
        awaitEnds(workload);
        awaitWebhooks(own, receiver);
        Checker checker = new Checker(own, market);
        workload.courses().forEach(checker::course);
        checker.webhooks(workload.courses(), receiver.calls());
        checker.money(books);
        checker.leftovers();
        market.broken().forEach(answer -> checker.violations().add("500: " + answer));
        report(injector, market, workload, checker.violations());
        assertThat(checker.violations()).isEmpty();
        assertThat(injector.done()).isNotEmpty();
        assertThat(workload.courses()).hasSizeGreaterThan(PAIRS);
      } finally {
        own.keepLogs(Path.of("target", "faults-logs"));
      }
    }
  }

  /// Also those that nobody does anything about any more.
  private static void awaitEnds(Workload workload) {
    for (Course course : workload.courses()) {
      Awaitility.await(course.toString())
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(250))
          .until(() ->
              course.status().equals(course.ending().status)
                  && course.stream().events().stream().anyMatch(one -> one.name().equals("done")));
    }
  }

  /// Moves the clock on until what the receiver did not take was tried again.
  private static void awaitWebhooks(OwnStack own, FlakyReceiver receiver) throws Exception {
    Stack stack = own.stack();
    long hours = 1;
    for (int moves = 0; moves < MOST_MOVES && isPending(own); moves++) {
      receiver.awaitQuiet();
      stack.clock("+" + hours + "h");
      hours = Math.min(14, hours * 2);
    }
    receiver.awaitQuiet();
  }

  private static boolean isPending(OwnStack own) throws SQLException {
    return own.text(
            "messaging", "SELECT exists(SELECT 1 FROM webhook_deliveries WHERE state = 'PENDING')")
        .equals("t");
  }

  private static void report(
      Injector injector, Insistent market, Workload workload, List<String> violations)
      throws IOException {
    Map<Ending, Integer> ends = new TreeMap<>();
    workload.courses().forEach(course -> ends.merge(course.ending(), 1, Integer::sum));
    Map<Fault.Kind, Integer> faults = new TreeMap<>(injector.done());
    String text =
        """
        faults: seed %d, %d replicas of each service at first
        faults: %d faults %s
        faults: %d requests: %d without an answer, %d put off; %d changes accepted
        faults: %d tasks final %s
        faults: ledger check %s
        faults: %d violations
        """
            .formatted(
                SEED,
                REPLICAS,
                faults.values().stream().mapToInt(Integer::intValue).sum(),
                faults,
                market.sent(),
                market.unanswered(),
                market.putOff(),
                market.accepted(),
                workload.courses().size(),
                ends,
                violations.stream().anyMatch(line -> line.startsWith("ledger"))
                    ? "broken"
                    : "clean",
                violations.size());
    System.out.print(text);
    violations.forEach(line -> System.out.println("faults: " + line));
    Files.writeString(Path.of("target", "faults-report.txt"), text);
  }
}
