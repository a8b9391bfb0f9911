package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Draft;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;

/// Hears what happens in disputes about tasks.
@ApplicationScoped
class DisputeEvents implements TopicHandler {
  private final Chronicle chronicle;

  DisputeEvents(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  @Override
  public String topic() {
    return Topics.DISPUTE;
  }

  @Override
  public void handle(EventBatch batch) {
    chronicle.record(
        Entries.of(batch, "dispute-service", "earnest.dispute.refused.v1", _ -> null),
        batch.events().stream()
            .filter(event -> event.type().equals("earnest.dispute.juror_called.v1"))
            .map(event -> event.as(JurorCalled.class).toDraft())
            .toList());
  }

  /// A juror is told alone: whom a jury has is no part of the task's story.
  @RegisterForReflection
  record JurorCalled(String juror) {
    Draft toDraft() {
      return new Draft(
          juror, Category.DISPUTE, "dispute.juror_called", "You are called to a jury", null);
    }
  }
}
