package dev.earnest.system;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.postgres.Databases;
import dev.earnest.local.process.Detached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Today's services start on what the first release had written, and hear what it had to say.
class UpgradeTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Test
  void everythingOfTheFirstReleaseGoesOn(@TempDir Path folder) throws Exception {
    try (OwnStack own = new OwnStack(UpOptions.defaults())) {
      Stack stack = own.stack();
      for (String service : OwnStack.SERVICES) {
        Detached.stop(stack.process(service).orElseThrow(), "TERM", GRACE);
      }
      for (String database : Databases.ALL) {
        FirstRelease.restore(own, database, folder);
      }
      // the days since then have not passed: nobody has missed a deadline
      long back = Duration.between(Instant.now(), FirstRelease.RECORDED).toMillis();
      Files.writeString(own.folder().resolve("clock"), Long.toString(back));
      stack.up(UpOptions.defaults(), System.out::println);
      goOn(own);
    }
  }

  private static void goOn(OwnStack own) throws SQLException {
    Marketplace market = own.market();
    Life fresh = new Life(market).register().deposit("50.00").create("50.00");

    Life.known(market, "completed").awaitStatus("COMPLETED").awaitBalances("0", "47.50");
    Life.known(market, "cancelled").awaitStatus("CANCELLED").awaitBalances("50.00", "0");
    Life executing = Life.known(market, "executing").awaitStatus("EXECUTING");
    assertThat(executing.timeline()).hasSize(4);
    executing.progress().deliver().approve().awaitStatus("COMPLETED").awaitBalances("0", "47.50");
    assertThat(executing.timeline().size()).isGreaterThan(7);
    Life.known(market, "delivered")
        .awaitStatus("DELIVERED")
        .approve()
        .awaitStatus("COMPLETED")
        .awaitBalances("0", "47.50");
    Life disputed = Life.known(market, "disputed").awaitStatus("DISPUTED");
    String half = "{\"resolution\": \"SPLIT\", \"notes\": \"half\", \"refundPercentage\": 50}";
    String dispute = own.text("dispute", "SELECT id::text FROM disputes");
    expect(200, disputed.tryResolve(dispute, half));
    disputed.awaitStatus("COMPLETED").awaitBalances("25.00", "23.75");

    // what the first release had not said yet, said by it and heard by today's, beside what is new
    Life.known(market, "approved").awaitStatus("COMPLETED").awaitBalances("0", "47.50");
    for (Life life : new Life[] {Life.known(market, "waiting"), fresh}) {
      life.awaitStatus("EXECUTING").deliver().approve().awaitBalances("0", "47.50");
    }

    Life.assertLedgerIsClean(market);
    for (String database : Databases.ALL) {
      assertThat(own.text(database, "SELECT count(*) FROM dead_letters")).isEqualTo("0");
      Life.await().until(() -> own.text(database, "SELECT count(*) FROM outbox"), "0"::equals);
    }
  }
}
