package dev.earnest.kit.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sends events to Kafka as CloudEvents 1.0 in binary mode and waits until the broker has them.
///
/// The producer is idempotent and never gives up on a record by itself: a record that timed out
/// while a later one of its key went through would be an order that nobody can mend.
@ApplicationScoped
public class EventPublisher {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String source;
  private final KafkaProducer<String, byte[]> producer;

  public EventPublisher(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.source = "/" + application;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                application + "-relay",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "none"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /// @throws IllegalStateException when the broker did not take all of them
  void publish(List<OutboxRow> rows) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
    try {
      for (OutboxRow row : rows) {
        Future<RecordMetadata> one = producer.send(record(row));
        sent.add(one);
        if (one.isDone()) {
          // Refused before it was sent: a later one of its key must not go ahead of it.
          one.get();
        }
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused an event", e.getCause());
    }
  }

  void close() {
    producer.close(CLOSE);
  }

  private ProducerRecord<String, byte[]> record(OutboxRow row) {
    ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(row.topic(), row.key(), row.data());
    Headers headers = kafka.headers();
    header(headers, "ce_specversion", "1.0");
    header(headers, "ce_id", row.id().toString());
    header(headers, "ce_type", row.type());
    header(headers, "ce_source", source);
    header(headers, "ce_time", row.occurredAt().toString());
    header(headers, "ce_subject", row.subject());
    header(headers, "content-type", "application/json");
    if (row.traceparent() != null) {
      header(headers, "traceparent", row.traceparent());
    }
    return kafka;
  }

  private static void header(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
