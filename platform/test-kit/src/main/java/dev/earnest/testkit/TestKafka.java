package dev.earnest.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The other services' side of Kafka: says what they would say, and reads what the service under test says.
public final class TestKafka {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TestKafka() {}

  /// One of each broker for all tests of a JVM: a producer of its own for each record costs more than
  /// the test.
  private static final Map<String, KafkaProducer<String, String>> PRODUCERS =
      new ConcurrentHashMap<>();

  private static KafkaProducer<String, String> producer(String bootstrapServers) {
    return PRODUCERS.computeIfAbsent(
        bootstrapServers,
        servers ->
            new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                new StringSerializer()));
  }

  /// Publishes an event under a new id and returns that id.
  public static String publish(String topic, String key, String type, String json) {
    var id = UUID.randomUUID().toString();
    publish(topic, key, headers(id, type, key), json);
    return id;
  }

  /// Publishes with exactly these headers, for duplicates and for records that are wrong on purpose.
  public static void publish(String topic, String key, Map<String, String> headers, String value) {
    publish(TestStack.bootstrapServers(), topic, key, headers, value);
  }

  /// The same at another broker than the tests' own.
  public static void publish(
      String bootstrapServers,
      String topic,
      String key,
      Map<String, String> headers,
      String value) {
    var event = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> event.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      producer(bootstrapServers).send(event).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("Kafka did not take the record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// The CloudEvents headers that every service sends.
  public static Map<String, String> headers(String id, String type, String subject) {
    return Map.of(
        "ce_specversion",
        "1.0",
        "ce_id",
        id,
        "ce_type",
        type,
        "ce_source",
        "/test",
        "ce_time",
        Instant.now().toString(),
        "ce_subject",
        subject,
        "content-type",
        "application/json");
  }

  /// The first record of this key and type, waiting for it.
  public static TestRecord await(String topic, String key, String type) {
    return await(topic, key, type, 1).getFirst();
  }

  /// At least `count` records of this key and type, in their order.
  public static List<TestRecord> await(String topic, String key, String type, int count) {
    return awaitMatching(topic, seen -> seen.key().equals(key) && seen.type().equals(type), count);
  }

  /// At least `count` records that match, in the order of their partition; reads the topic from its beginning.
  public static List<TestRecord> awaitMatching(
      String topic, Predicate<TestRecord> wanted, int count) {
    var found = new ArrayList<TestRecord>();
    var passed = new ArrayList<String>();
    try (var consumer = consumer(topic)) {
      var giveUp = System.nanoTime() + PATIENCE.toNanos();
      while (found.size() < count) {
        if (System.nanoTime() > giveUp) {
          throw new AssertionError(
              "%s: %d of %d awaited records after %s; others: %s"
                  .formatted(topic, found.size(), count, PATIENCE, passed));
        }
        for (var raw : consumer.poll(Duration.ofMillis(200))) {
          var seen = convert(raw);
          if (wanted.test(seen)) {
            found.add(seen);
          } else {
            passed.add(seen.type() + "/" + seen.key());
          }
        }
      }
    }
    return found;
  }

  /// Everything in the topic by now for this key, in order.
  public static List<TestRecord> records(String topic, String key) {
    var found = new ArrayList<TestRecord>();
    try (var consumer = consumer(topic)) {
      var ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var raw : consumer.poll(Duration.ofMillis(200))) {
          if (key.equals(raw.key())) {
            found.add(convert(raw));
          }
        }
      }
    }
    return found;
  }

  private static KafkaConsumer<String, String> consumer(String topic) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestStack.bootstrapServers());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    var partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static TestRecord convert(ConsumerRecord<String, String> raw) {
    var headers = new HashMap<String, String>();
    StreamSupport.stream(raw.headers().spliterator(), false)
        .forEach(header ->
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    var key = raw.key();
    var value = raw.value();
    return new TestRecord(raw.topic(), key == null ? "" : key, value == null ? "" : value, headers);
  }
}
