package dev.earnest.system;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.Detached;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// escrow-service's database is lost and comes back as it was a while ago, in the way that
/// docs/operations.md describes; the books come to say again what has happened since.
class RestoreTest {
  private static final String ESCROW = "escrow-service";
  private static final String DEPOSITS = "/api/v1/wallet/deposits";
  private static final String PARKED =
      "SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL";
  private static final Duration GRACE = Duration.ofSeconds(30);

  /// Longer than a hold is old before its task is asked about.
  private static final String UNTIL_IT_ASKS = "+25h";

  @Test
  void booksCatchUpFromAnEarlierPointInTime(@TempDir Path folder) throws Exception {
    AtomicInteger restored = new AtomicInteger();
    UpOptions options =
        UpOptions.defaults()
            .by((from, _, port) ->
                from.equals(ESCROW) && restored.get() > 0 ? restored.get() : port);
    try (OwnStack own = new OwnStack(options)) {
      Stack stack = own.stack();
      DatabaseBackup backup = new DatabaseBackup(own, folder);
      backup.archive();
      Detached.stop(stack.process("postgres").orElseThrow(), "INT", GRACE);
      stack.up(options, System.out::println);

      Marketplace market = own.market();
      Life before = executing(market);
      backup.takeBase();
      Life between = executing(market).deliver();
      long moment = System.currentTimeMillis();
      backup.mark("agreed");
      before.deliver().approve().awaitStatus("COMPLETED").awaitBalances("0", "47.50");
      between.approve().awaitStatus("COMPLETED").awaitBalances("0", "47.50");
      Life after = new Life(market).register();
      String deposit = deposit(market, after);
      after.create("50.00").awaitStatus("EXECUTING");

      Detached.stop(stack.process(ESCROW).orElseThrow(), "TERM", GRACE);
      try (Postgres postgres = backup.restore("agreed")) {
        restored.set(postgres.port());
        stack.up(options, System.out::println);
        assertThat(before.held()).isEqualByComparingTo("50.00");
        assertThat(between.held()).isEqualByComparingTo("50.00");

        // of tasks that it knows, it asks what has become of them
        stack.clock(UNTIL_IT_ASKS);
        before.awaitBalances("0", "47.50");
        between.awaitBalances("0", "47.50");

        // money that has come since is told again, then everything that others have said since
        assertThat(after.available(after.buyer)).isZero();
        expect(201, market.post(Life.ADMIN, DEPOSITS, deposit));
        Detached.stop(stack.process(ESCROW).orElseThrow(), "TERM", GRACE);
        rewind(stack, moment);
        stack.up(options, System.out::println);
        Life.await().untilAsserted(() -> assertThat(after.held()).isEqualByComparingTo("50.00"));
        after.deliver().approve().awaitStatus("COMPLETED").awaitBalances("0", "47.50");
        before.awaitBalances("0", "47.50");
        between.awaitBalances("0", "47.50");
        Life.assertLedgerIsClean(market);
        assertNothingIsParked(own, postgres);
      }
    }
  }

  private static Life executing(Marketplace market) {
    return new Life(market).register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
  }

  /// @return the body that tells of it
  private static String deposit(Marketplace market, Life life) {
    String body =
        """
        {"account": "%s", "amount": 50.00, "currency": "USDC", "reference": "bank-7"}
        """
            .formatted(life.buyer.account());
    expect(201, market.post(Life.ADMIN, DEPOSITS, body));
    return body;
  }

  /// escrow-service, which is stopped, will read everything again that was said since then.
  private static void rewind(Stack stack, long millis) throws Exception {
    Map<String, Object> broker =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + stack.port("kafka"));
    try (Admin admin = Admin.create(broker)) {
      Map<TopicPartition, OffsetSpec> since = new HashMap<>();
      admin
          .listConsumerGroupOffsets(ESCROW)
          .partitionsToOffsetAndMetadata()
          .get()
          .keySet()
          .forEach(partition -> since.put(partition, OffsetSpec.forTimestamp(millis)));
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      admin
          .listOffsets(since)
          .all()
          .get()
          .forEach((partition, found) -> {
            // -1: nothing was said there since
            if (found.offset() >= 0) {
              offsets.put(partition, new OffsetAndMetadata(found.offset()));
            }
          });
      assertThat(offsets).isNotEmpty();
      admin.alterConsumerGroupOffsets(ESCROW, offsets).all().get();
    }
  }

  private static void assertNothingIsParked(OwnStack own, Postgres restored) throws SQLException {
    try (Connection escrow = restored.connectAsSuperuser("escrow");
        Statement statement = escrow.createStatement();
        ResultSet row = statement.executeQuery(PARKED)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).as("escrow").isZero();
    }
    for (String database : List.of("task", "dispute", "messaging")) {
      assertThat(own.text(database, PARKED)).as(database).isEqualTo("0");
    }
  }
}
