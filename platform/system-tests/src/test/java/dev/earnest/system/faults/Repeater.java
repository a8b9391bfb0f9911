package dev.earnest.system.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes again what was published before, byte for byte but in another order.
final class Repeater {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String servers;

  Repeater(int port) {
    servers = "127.0.0.1:" + port;
  }

  /// Repeats about so many of a topic's newest records; none when Kafka is not there just now.
  void repeat(String topic, int count) {
    try {
      List<ConsumerRecord<byte[], byte[]>> newest = newest(topic, count);
      Collections.shuffle(newest);
      publish(newest);
    } catch (KafkaException e) {
      System.out.println("faults: nothing repeated: " + e.getMessage());
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(String topic, int count) {
    Map<String, Object> settings = settings(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach((partition, end) ->
          consumer.seek(partition, Math.max(0, end - count / partitions.size())));
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < giveUp
          && ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private void publish(List<ConsumerRecord<byte[], byte[]>> all) {
    Map<String, Object> settings = settings(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      all.forEach(one ->
          producer.send(
              new ProducerRecord<>(
                  one.topic(), one.partition(), one.key(), one.value(), one.headers())));
    }
  }

  /// @param limit what is given up after some times the patience for a request
  private Map<String, Object> settings(String limit, int times) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(limit, (int) PATIENCE.multipliedBy(times).toMillis());
    return settings;
  }
}
