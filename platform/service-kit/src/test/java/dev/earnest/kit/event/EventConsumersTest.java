package dev.earnest.kit.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Noted;
import dev.earnest.kit.probe.Notes;
import dev.earnest.kit.probe.Tables;
import dev.earnest.local.kafka.KafkaBroker;
import dev.earnest.local.process.Ports;
import dev.earnest.testkit.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Consumers of a topic and a group of the test's own. What they handle is a row each.
@KitTest
class EventConsumersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /// Longer than a heartbeat, or it throws out whoever has not heard of a rebalance yet.
  private static final Duration SHORT_INTERVAL = Duration.ofSeconds(3);

  @Inject Inbox inbox;
  @Inject Notes notes;
  @Inject Tables tables;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @TempDir Path folder;

  private final String topic = "probe." + UUID.randomUUID();
  private final String key = UUID.randomUUID().toString();
  private final List<TopicConsumer> started = new ArrayList<>();

  @AfterEach
  void stopAll() throws InterruptedException {
    for (TopicConsumer consumer : started) {
      stop(consumer);
    }
  }

  @Test
  void serviceIsReadyOnceItsConsumersHearABroker() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonPath health = given().get("/q/health/ready").jsonPath();
          assertThat(health.getString("checks.find { it.name == 'Kafka' }.status")).isEqualTo("UP");
        });
  }

  @Test
  void stopCommitsWhatWasHandledForASuccessor() throws InterruptedException {
    create(bootstrapServers, 2);
    TopicConsumer first = start(notes::handle, INTERVAL);
    publish(1, 5);
    awaitEffects(1, 5);

    stop(first);
    assertThat(hasReachedEnd()).isTrue();

    publish(6, 8);
    start(notes::handle, INTERVAL);
    awaitEffects(1, 8);
  }

  @Test
  void stopEndsTheBatchInHandFirst() throws InterruptedException {
    create(bootstrapServers, 1);
    Gate gate = new Gate();
    TopicConsumer consumer = start(gate, INTERVAL);
    publish(1, 1);
    gate.entered.await();

    consumer.stop();
    assertThat(hasReachedEnd()).isFalse();
    gate.open.countDown();
    consumer.awaitEnd(PATIENCE);

    assertThat(tables.effects(key)).containsExactly(1);
    assertThat(hasReachedEnd()).isTrue();
  }

  @Test
  void batchThatIsGivenUpComesAgain() throws InterruptedException {
    create(bootstrapServers, 1);
    Gate gate = new Gate();
    TopicConsumer consumer = start(gate, INTERVAL);
    publish(1, 1);
    gate.entered.await();

    consumer.stop();
    consumer.awaitEnd(Duration.ofMillis(1));
    assertThat(hasReachedEnd()).isFalse();
    assertThat(tables.effects(key)).isEmpty();

    start(notes::handle, INTERVAL);
    awaitEffects(1, 1);
  }

  @Test
  void whoIsBusyForTooLongIsTakenOverFromAndNothingHappensTwiceOrOutOfOrder()
      throws InterruptedException {
    create(bootstrapServers, 1);
    Gate gate = new Gate();
    TopicConsumer slow = start(gate, SHORT_INTERVAL);
    publish(1, 3);
    gate.entered.await();
    publish(4, 5);

    TopicConsumer successor = start(notes::handle, SHORT_INTERVAL);
    await().atMost(PATIENCE).until(() -> tables.transactionsThatWait() > 0);
    gate.open.countDown();

    publish(6, 8);
    awaitEffects(1, 8);
    stop(successor);
    publish(9, 9);
    awaitEffects(1, 9);
    await().atMost(PATIENCE).until(this::hasReachedEnd);
    assertThat(slow.trouble()).isEmpty();
  }

  @Test
  void rebalanceWaitsForTheBatchInHand() throws InterruptedException {
    create(bootstrapServers, 2);
    Gate gate = new Gate();
    TopicConsumer first = start(gate, INTERVAL);
    publish(1, 3);
    gate.entered.await();

    TopicConsumer second = start(notes::handle, INTERVAL);
    publish(4, 5);
    assertThat(second.trouble()).contains("not in the consumer group yet");
    gate.open.countDown();
    await().atMost(PATIENCE).until(() -> second.trouble().isEmpty());
    publish(6, 9);

    awaitEffects(1, 9);
    await().atMost(PATIENCE).until(this::hasReachedEnd);
    assertThat(first.trouble()).isEmpty();
  }

  @Test
  void whatFailsIsTriedAgainFromWhereItWasCommitted() {
    create(bootstrapServers, 1);
    CountDownLatch failures = new CountDownLatch(2);
    start(
        batch -> {
          if (failures.getCount() > 0) {
            failures.countDown();
            throw new StackOverflowError("no reason to park an event");
          }
          notes.handle(batch);
        },
        INTERVAL);
    publish(1, 3);
    awaitEffects(1, 3);
  }

  @Test
  void topicThatIsMadeLaterAndABrokerThatWasAwayAreHeard() {
    KafkaBroker.Settings settings =
        new KafkaBroker.Settings(folder, Ports.free(), Ports.free(), folder.resolve("kafka.log"));
    String servers = "127.0.0.1:" + settings.port();
    TopicConsumer consumer = start(servers, notes::handle, INTERVAL);
    try (KafkaBroker broker = KafkaBroker.launch(settings)) {
      broker.awaitReady();
      await().atMost(PATIENCE).until(() -> consumer.trouble().isEmpty());
      create(servers, 2);
      publish(servers, 1);
      awaitEffects(1, 1);
    }
    await().atMost(PATIENCE).until(() -> consumer.trouble().isPresent());

    try (KafkaBroker broker = KafkaBroker.launch(settings)) {
      broker.awaitReady();
      publish(servers, 2);
      awaitEffects(1, 2);
      await().atMost(PATIENCE).until(() -> consumer.trouble().isEmpty());
      consumer.stop();
    }
  }

  /// Handles a first batch when it may.
  private final class Gate implements Handling {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void handle(EventBatch batch) {
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      notes.handle(batch);
    }
  }

  @FunctionalInterface
  private interface Handling {
    void handle(EventBatch batch);
  }

  private TopicConsumer start(Handling handling, Duration maxPollInterval) {
    return start(bootstrapServers, handling, maxPollInterval);
  }

  private TopicConsumer start(String servers, Handling handling, Duration maxPollInterval) {
    TopicHandler handler =
        new TopicHandler() {
          @Override
          public String topic() {
            return topic;
          }

          @Override
          public void handle(EventBatch batch) {
            handling.handle(batch);
          }
        };
    TopicConsumer consumer =
        new TopicConsumer(
            new ConsumerSettings(servers, topic, 500, maxPollInterval),
            handler,
            inbox,
            new SimpleMeterRegistry());
    consumer.start();
    started.add(consumer);
    return consumer;
  }

  private static void stop(TopicConsumer consumer) throws InterruptedException {
    consumer.stop();
    consumer.awaitEnd(PATIENCE);
  }

  private void create(String servers, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      admin.createTopics(List.of(wanted)).all().toCompletionStage().toCompletableFuture().join();
    }
  }

  private boolean hasReachedEnd() {
    TopicPosition position = new TopicPosition(bootstrapServers, topic);
    try {
      return position.hasReachedEnd(topic);
    } finally {
      position.close();
    }
  }

  private void publish(int first, int last) {
    IntStream.rangeClosed(first, last)
        .forEach(number -> TestKafka.publish(topic, key, Noted.TYPE, json(number)));
  }

  /// To another broker than the tests' usual one.
  private void publish(String servers, int number) {
    ProducerRecord<String, String> event = new ProducerRecord<>(topic, key, json(number));
    TestKafka.headers(UUID.randomUUID().toString(), Noted.TYPE, key)
        .forEach((name, text) -> event.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      producer.send(event);
    }
  }

  private static String json(int number) {
    return "{\"number\": %d, \"wish\": \"handle\"}".formatted(number);
  }

  private void awaitEffects(int first, int last) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(tables.effects(key))
                .isEqualTo(IntStream.rangeClosed(first, last).boxed().toList()));
  }
}
