package dev.earnest.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  @TempDir Path home;

  @Test
  void recordsSurviveStopAndKillAndNewPorts() throws Exception {
    try (var first = KafkaBroker.start(home, Ports.free())) {
      Topics.create(first);
      Topics.create(first);
      send(first, "one");
    }
    try (var second = KafkaBroker.start(home, Ports.free())) {
      send(second, "two");
      Detached.stop(second.process(), "KILL", Duration.ofSeconds(5));
    }
    try (var third = KafkaBroker.start(home, Ports.free())) {
      assertThat(records(third)).isEqualTo(2);
    }
  }

  @Test
  void topicsHaveTheirPartitionsAndIdentityIsCompacted() throws Exception {
    try (var broker = KafkaBroker.start(home, Ports.free());
        var admin = broker.admin()) {
      Topics.create(broker);
      var topics = admin.describeTopics(Topics.ALL).allTopicNames().get(10, TimeUnit.SECONDS);
      assertThat(topics.values())
          .hasSize(7)
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(12));
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, Topics.IDENTITY);
      var config =
          admin.describeConfigs(List.of(resource)).all().get(10, TimeUnit.SECONDS).values();
      assertThat(config)
          .singleElement()
          .satisfies(
              entries -> assertThat(entries.get("cleanup.policy").value()).isEqualTo("compact"));
    }
  }

  private static void send(KafkaBroker broker, String value) throws Exception {
    var settings = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("task.events", "key", value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static long records(KafkaBroker broker) throws Exception {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition = 0; partition < Topics.PARTITIONS; partition++) {
      latest.put(new TopicPartition("task.events", partition), OffsetSpec.latest());
    }
    try (var admin = broker.admin()) {
      return admin.listOffsets(latest).all().get(30, TimeUnit.SECONDS).values().stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }
}
