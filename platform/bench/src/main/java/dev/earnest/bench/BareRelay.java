package dev.earnest.bench;

import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.StackException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The least that it takes to hear of a change: one statement writes it, and one thread selects what
/// was written, sends it to Kafka and deletes it, and another consumes it. On the marketplace's own
/// PostgreSQL and Kafka, in a database and a topic of its own; no marketplace in between.
final class BareRelay implements AutoCloseable {
  private static final String DATABASE = "bench_relay";
  private static final String TABLE =
      "CREATE TABLE outbox (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid, data bytea)";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Kafka's clients tell more than anybody wants to read. The logger is kept, or its level is lost.
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA.setLevel(Level.WARNING);
  }

  private final Postgres postgres;
  private final String kafka;
  private final String topic = "bench." + UUID.randomUUID();
  private final byte[] data;
  private final Latencies latencies;
  private final Map<String, Long> committed = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final Connection writer;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  /// @param event what a change tells
  /// @param latencies gets the time from each commit to the consumer
  BareRelay(Ground ground, String event, Latencies latencies) throws SQLException {
    this.postgres = ground.postgres();
    this.kafka = ground.kafka();
    this.data = event.getBytes(StandardCharsets.UTF_8);
    this.latencies = latencies;
    administer("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
    administer("CREATE DATABASE " + DATABASE);
    this.writer = postgres.connectAsSuperuser(DATABASE);
    try (var statement = writer.createStatement()) {
      statement.execute(TABLE);
    }
    topic(admin -> admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get());
    threads.add(Thread.ofPlatform().daemon().start(() -> guarded(this::relay)));
    threads.add(Thread.ofPlatform().daemon().start(() -> guarded(this::consume)));
  }

  /// Makes a change and tells the relay.
  synchronized void change() throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO outbox (id, data) VALUES (?, ?)")) {
      insert.setObject(1, id);
      insert.setBytes(2, data);
      insert.executeUpdate();
    }
    committed.put(id.toString(), System.nanoTime());
    news.release();
  }

  private void relay() throws SQLException, InterruptedException {
    try (Connection connection = postgres.connectAsSuperuser(DATABASE);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
      connection.setAutoCommit(false);
      while (running) {
        if (news.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
          publish(connection, producer);
        }
      }
    }
  }

  private void publish(Connection connection, KafkaProducer<String, byte[]> producer)
      throws SQLException {
    List<Long> positions = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT position, id, data FROM outbox ORDER BY position");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        positions.add(row.getLong(1));
        producer.send(new ProducerRecord<>(topic, row.getString(2), row.getBytes(3)));
      }
    }
    producer.flush();
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM outbox WHERE position = ANY (?)")) {
      delete.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      delete.executeUpdate();
    }
    connection.commit();
  }

  private void consume() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "group.id", topic, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (running) {
        for (var event : consumer.poll(Duration.ofMillis(100))) {
          long now = System.nanoTime();
          Long since = committed.remove(event.key());
          while (since == null) {
            // the writer has committed and not yet taken the time
            Thread.onSpinWait();
            since = committed.remove(event.key());
          }
          latencies.add(Math.max(0, now - since));
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    writer.close();
    topic(admin -> admin.deleteTopics(List.of(topic)).all().get());
    administer("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
  }

  @FunctionalInterface
  private interface TopicWork {
    Object on(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
  }

  private void topic(TopicWork work) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      work.on(admin);
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("Kafka does not take the bench's topic: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }

  private void administer(String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException, InterruptedException;
  }

  private static void guarded(Work work) {
    try {
      work.run();
    } catch (SQLException e) {
      throw new StackException("the bare relay failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
