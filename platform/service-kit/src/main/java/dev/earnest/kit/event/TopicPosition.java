package dev.earnest.kit.event;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Knows how far this service's consumer group has read a topic.
@ApplicationScoped
public class TopicPosition {
  private static final Logger LOG = Logger.getLogger(TopicPosition.class);
  private static final int TIMEOUT_SECONDS = 5;

  private final String group;
  private final Admin admin;

  public TopicPosition(
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "quarkus.application.name") String group) {
    this.group = group;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                group + "-position"));
  }

  /// Whether everything that stood in the topic at the time of the call has been handled. False
  /// also when the broker cannot be asked.
  public boolean hasReachedEnd(String topic) {
    try {
      Map<TopicPartition, Long> ends = ends(topic);
      Map<TopicPartition, OffsetAndMetadata> read =
          get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      return ends.entrySet().stream()
          .allMatch(end -> end.getValue() == 0 || reached(read.get(end.getKey()), end.getValue()));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("cannot tell how far %s has been read: %s", topic, e.toString());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<TopicPartition, Long> ends(String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    TopicDescription described =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).values().iterator().next();
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, described.partitions().size())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    return get(admin.listOffsets(latest).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private static boolean reached(@Nullable OffsetAndMetadata read, long end) {
    return read != null && read.offset() >= end;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void close() {
    admin.close();
  }
}
