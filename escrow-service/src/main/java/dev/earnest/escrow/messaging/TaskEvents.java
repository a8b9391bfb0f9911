package dev.earnest.escrow.messaging;

import dev.earnest.escrow.domain.MoneyBatch;
import dev.earnest.escrow.domain.TaskMoney;
import dev.earnest.escrow.domain.TaskNews;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Hears task-service. Nothing else moves a task's money.
@ApplicationScoped
class TaskEvents implements TopicHandler {
  private final TaskMoney money;

  TaskEvents(TaskMoney money) {
    this.money = money;
  }

  @Override
  public String topic() {
    return Topics.TASK;
  }

  @Override
  public void handle(EventBatch events) {
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
