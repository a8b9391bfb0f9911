package dev.earnest.escrow.messaging;

import dev.earnest.escrow.domain.MoneyBatch;
import dev.earnest.escrow.domain.TaskMoney;
import dev.earnest.escrow.domain.TaskNews;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears task-service. Nothing else moves a task's money.
@ApplicationScoped
class TaskEvents {
  private final Inbox inbox;
  private final TaskMoney money;

  TaskEvents(Inbox inbox, TaskMoney money) {
    this.inbox = inbox;
    this.money = money;
    inbox.register(Topics.TASK, this::handle);
  }

  @Incoming("task-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch events) {
    Map<UUID, TaskNews> news = new LinkedHashMap<>();
    events
        .events()
        .forEach(event -> TaskNewsReader.read(event).ifPresent(read -> news.put(event.id(), read)));
    MoneyBatch batch = money.open(news.values());
    events.each(event -> {
      TaskNews one = news.get(event.id());
      if (one != null) {
        batch.apply(one);
      }
    });
    money.write(batch);
  }
}
