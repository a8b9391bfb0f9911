package dev.earnest.bench;

import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Measures how many budgets escrow-service holds in a second: as it comes, many events in one
/// transaction; with batches of one; and beside them the limit, what connections of a pool do with the
/// same statements and one transaction for each hold. All on one PostgreSQL and one Kafka of the
/// bench's own, one after the other.
final class HoldsBench {
  /// Kept, or what was set of it would be forgotten: Kafka's clients tell of every setting.
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private static final String HOLD = "hears task.created";
  private static final int DEFAULT = 20_000;
  private static final int MOST = 1_000_000;

  private final Path repository;
  private final Path home;
  private final int holds;

  private HoldsBench(Path repository, Path home, int holds) {
    this.repository = repository;
    this.home = home;
    this.holds = holds;
  }

  /// @param words after `bench holds`: `--holds N`
  static HoldsBench of(List<String> words, Path repository, Path home) {
    if (words.isEmpty()) {
      return new HoldsBench(repository, home, DEFAULT);
    }
    if (words.size() == 2 && words.getFirst().equals("--holds")) {
      String value = words.getLast();
      if (value.matches("[1-9]\\d{2,6}") && Integer.parseInt(value) <= MOST) {
        return new HoldsBench(repository, home, Integer.parseInt(value));
      }
    }
    throw new StackException("Usage: ./earnest bench holds [--holds N], N from 100 to " + MOST);
  }

  /// @return whether the ledger check was clean
  boolean run() throws SQLException, IOException {
    KAFKA.setLevel(Level.WARNING);
    Path folder =
        Files.createTempDirectory(Files.createDirectories(home.resolve("bench")), "holds");
    System.out.printf("%d buyers; first the limit, then escrow-service …%n", HoldsStack.BUYERS);
    try (HoldsStack stack = HoldsStack.start(folder, repository)) {
      double limit = limit(stack);
      double batches;
      boolean ok;
      try (HoldsStack.Service service = stack.service(HoldsStack.BATCH)) {
        service.fillWallets();
        service.hold(holds / 4);
        batches = service.hold(holds);
        ok = service.isLedgerClean();
      }
      double ones;
      try (HoldsStack.Service service = stack.service(1)) {
        service.hold(holds / 16);
        ones = service.hold(holds / 4);
        ok &= service.isLedgerClean();
      }
      HoldsReport report = new HoldsReport(holds, limit, batches, ones, ok);
      report.write(home.resolve("bench").resolve("holds.json"));
      System.out.print(report.table());
      return ok;
    } finally {
      PrivateFiles.deleteTree(folder);
    }
  }

  private double limit(HoldsStack stack) throws SQLException {
    Script script = Script.read().only("escrow", HOLD);
    Options options = new Options(HoldsStack.BUYERS, Duration.ofSeconds(5), Duration.ofSeconds(10));
    List<Replay> people = new ArrayList<>();
    try (Scratch scratch = Scratch.create(stack.postgres(), repository)) {
      for (int i = 0; i < options.people(); i++) {
        people.add(new Replay(script, scratch));
      }
      Measured measured = new Load(options).run(people);
      for (Replay person : people) {
        person.close();
      }
      return measured.perSecond();
    }
  }
}
