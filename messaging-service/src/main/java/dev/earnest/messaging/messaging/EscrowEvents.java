package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import jakarta.enterprise.context.ApplicationScoped;

/// Hears what happens to the money of tasks.
@ApplicationScoped
class EscrowEvents implements TopicHandler {
  private final Chronicle chronicle;

  EscrowEvents(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  @Override
  public String topic() {
    return Topics.ESCROW;
  }

  @Override
  public void handle(EventBatch batch) {
    chronicle.record(
        Entries.of(batch, "escrow-service", "earnest.escrow.refused.v1", Payment::announcement));
  }
}
