package dev.earnest.task.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.security.IdentityNews;
import jakarta.enterprise.context.ApplicationScoped;

/// Hears when keys were used at the other services. Its own news come back too, and change nothing.
@ApplicationScoped
class IdentityEvents implements TopicHandler {
  private final IdentityNews identities;

  IdentityEvents(IdentityNews identities) {
    this.identities = identities;
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public void handle(EventBatch batch) {
    batch.each(identities::hear);
  }
}
