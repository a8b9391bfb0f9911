package dev.earnest.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Noted;
import dev.earnest.kit.probe.Tables;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@KitTest
class RelayTest {
  @Inject Tables tables;
  @Inject Outbox outbox;
  @Inject AgroalDataSource dataSource;
  @Inject MeterRegistry meters;
  @Inject EventPublisher publisher;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String jdbcUrl;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @Test
  void whatIsCommittedIsPublishedInOrderAsCloudEvents() {
    String key = newKey();
    tables.change(key, note(key, 1), note(key, 2));
    tables.change(key, note(key, 3));

    List<TestRecord> published = TestKafka.await(Topics.DISPUTE, key, Noted.TYPE, 3);

    assertThat(published).extracting(RelayTest::number).containsExactly(1, 2, 3);
    assertThat(published).extracting(TestRecord::id).doesNotHaveDuplicates();
    Map<String, String> headers = published.getFirst().headers();
    assertThat(headers)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_type", Noted.TYPE)
        .containsEntry("ce_source", "/kit-probe")
        .containsEntry("ce_subject", key)
        .containsEntry("content-type", "application/json");
    assertThat(UUID.fromString(published.getFirst().id()).version()).isEqualTo(7);
    assertThat(Instant.parse(headers.getOrDefault("ce_time", ""))).isBeforeOrEqualTo(Instant.MAX);
    await().until(() -> tables.waitingInOutbox(key).isEmpty());
  }

  @Test
  void whatIsRolledBackIsNeverPublished() {
    String key = newKey();
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  outbox.append(note(key, 1));
                  throw new IllegalStateException("changed my mind");
                }))
        .hasMessageContaining("changed my mind");
    tables.change(key, note(key, 2));
    TestKafka.await(Topics.DISPUTE, key, Noted.TYPE);
    assertThat(TestKafka.records(Topics.DISPUTE, key))
        .extracting(RelayTest::number)
        .containsExactly(2);
  }

  @Test
  void nothingIsAppendedOutsideATransaction() {
    String key = newKey();
    assertThatThrownBy(() -> outbox.append(note(key, 1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void manyRelaysKeepTheOrderOfEachKeyAndLoseNothing() throws Exception {
    List<String> keys = IntStream.range(0, 24).mapToObj(_ -> newKey()).toList();
    int each = 25;
    List<Relay> replicas =
        IntStream.range(0, 2)
            .mapToObj(_ ->
                new Relay(dataSource, new EventPublisher(bootstrapServers, "kit-probe"), meters))
            .toList();
    replicas.forEach(relay -> relay.start(new StartupEvent()));
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      List<Future<?>> writing = new ArrayList<>();
      for (String key : keys) {
        writing.add(
            writers.submit(() -> {
              for (int number = 1; number <= each; number++) {
                tables.change(key, note(key, number));
                replicas.forEach(Relay::wake);
              }
            }));
      }
      for (Future<?> done : writing) {
        done.get();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> keys.stream().allMatch(key -> tables.waitingInOutbox(key).isEmpty()));
    } finally {
      for (Relay relay : replicas) {
        relay.stop(new ShutdownEvent());
      }
    }

    List<Integer> expected = IntStream.rangeClosed(1, each).boxed().toList();
    Map<String, List<Integer>> seen = new LinkedHashMap<>();
    TestKafka.awaitMatching(
            Topics.DISPUTE, record -> keys.contains(record.key()), keys.size() * each)
        .forEach(record ->
            seen.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(number(record)));
    assertThat(seen).hasSize(keys.size());
    assertThat(seen.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(expected));
  }

  @Test
  void killedBetweenSendAndDeleteItPublishesAgainUnderTheSameIds() throws Exception {
    String key = newKey();
    Connection dying = DriverManager.getConnection(jdbcUrl, user, password);
    try (Statement lanes = dying.createStatement()) {
      // Holds the service's own relay off; a session takes its own locks again.
      lanes.execute(
          "SELECT pg_advisory_lock(hashtext('earnest.outbox'), lane)"
              + " FROM generate_series(0, "
              + (Outbox.LANES - 1)
              + ") AS lane");
    }
    tables.change(key, note(key, 1), note(key, 2));
    List<String> ids = tables.waitingInOutbox(key);
    EventPublisher killer =
        new EventPublisher(bootstrapServers, "kit-probe") {
          @Override
          void publish(List<OutboxRow> rows) {
            super.publish(rows);
            kill(dying);
          }
        };

    assertThatThrownBy(() -> new OutboxRound(dying, killer).publish())
        .isInstanceOf(Exception.class);

    List<TestRecord> published = TestKafka.await(Topics.DISPUTE, key, Noted.TYPE, 4);
    killer.close();
    assertThat(published).extracting(RelayTest::number).containsExactly(1, 2, 1, 2);
    assertThat(published.subList(0, 2)).extracting(TestRecord::id).isEqualTo(ids);
    assertThat(published.subList(2, 4)).extracting(TestRecord::id).isEqualTo(ids);
    await().until(() -> tables.waitingInOutbox(key).isEmpty());
  }

  private void kill(Connection dying) {
    try {
      dying.abort(Runnable::run);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Noted note(String key, int number) {
    return new Noted(key, number, "handle", Topics.DISPUTE);
  }

  private static int number(TestRecord record) {
    return JsonPath.from(record.value()).getInt("number");
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }
}
