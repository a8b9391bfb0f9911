package dev.earnest.task.messaging;

import dev.earnest.kit.event.TopicPosition;
import dev.earnest.kit.event.Topics;
import dev.earnest.task.domain.DisputeNews;
import jakarta.enterprise.context.ApplicationScoped;

/// Knows how far this service has read `dispute.events`.
@ApplicationScoped
class DisputeTopicPosition implements DisputeNews {
  private final TopicPosition position;

  DisputeTopicPosition(TopicPosition position) {
    this.position = position;
  }

  @Override
  public boolean isComplete() {
    return position.hasReachedEnd(Topics.DISPUTE);
  }
}
