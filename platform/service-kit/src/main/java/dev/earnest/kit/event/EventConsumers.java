package dev.earnest.kit.event;

import dev.earnest.kit.shutdown.ShutdownOrder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reads every topic that somebody handles, each on a thread of its own: a slow handler delays no
/// other topic. A service is ready when all of them are in their group and hear a broker; a replica
/// more than there are partitions is in the group too, and ready.
@Readiness
@ApplicationScoped
public class EventConsumers implements HealthCheck {
  /// Of the batch in hand, at shutdown.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<TopicConsumer> consumers;

  public EventConsumers(
      @Any Instance<TopicHandler> handlers,
      Inbox inbox,
      MeterRegistry meters,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
      @ConfigProperty(name = "quarkus.application.name") String group,
      @ConfigProperty(name = "earnest.consumer.max-poll-records") int maxPollRecords,
      @ConfigProperty(name = "earnest.consumer.max-poll-interval") Duration maxPollInterval) {
    ConsumerSettings settings =
        new ConsumerSettings(bootstrapServers, group, maxPollRecords, maxPollInterval);
    this.consumers =
        handlers.stream()
            .map(handler ->
                new TopicConsumer(settings.atMost(handler.mostAtOnce()), handler, inbox, meters))
            .toList();
  }

  void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
    consumers.forEach(TopicConsumer::start);
  }

  /// All at once.
  void stop(@Observes @Priority(ShutdownOrder.CONSUMERS) ShutdownEvent event)
      throws InterruptedException {
    consumers.forEach(TopicConsumer::stop);
    for (TopicConsumer consumer : consumers) {
      consumer.awaitEnd(PATIENCE);
    }
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder kafka = HealthCheckResponse.named("Kafka").up();
    for (TopicConsumer consumer : consumers) {
      consumer.trouble().ifPresent(trouble -> kafka.down().withData(consumer.topic(), trouble));
    }
    return kafka.build();
  }
}
