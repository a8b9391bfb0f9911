package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.ParkedEvents;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hears what services could not handle, and what became of it when they tried again.
@ApplicationScoped
class DeadLetterEvents implements TopicHandler {
  private final ParkedEvents parkedEvents;

  DeadLetterEvents(ParkedEvents parkedEvents) {
    this.parkedEvents = parkedEvents;
  }

  @Override
  public String topic() {
    return Topics.DEAD_LETTERS;
  }

  @Override
  public void handle(EventBatch batch) {
    batch.each(this::hear);
  }

  private void hear(Event event) {
    switch (event.type()) {
      case "earnest.dead_letter.parked.v1" -> parkedEvents.parked(event.as(Parked.class).news());
      case "earnest.dead_letter.replayed.v1" -> {
        Replayed said = event.as(Replayed.class);
        parkedEvents.replayed(
            said.consumer(), said.eventId(), said.attempts(), said.replayedAt(), said.refused());
      }
      case "earnest.dead_letter.replay_failed.v1" -> {
        Failed said = event.as(Failed.class);
        parkedEvents.failed(said.consumer(), said.eventId(), said.attempts(), said.reason());
      }
      default -> {
        // Nothing else is told there.
      }
    }
  }

  @RegisterForReflection
  record Parked(
      String consumer,
      UUID eventId,
      String topic,
      String key,
      String eventType,
      String eventSubject,
      Instant occurredAt,
      String reason,
      Instant parkedAt,
      String data) {
    ParkedEvents.News news() {
      return new ParkedEvents.News(
          consumer,
          eventId,
          topic,
          key,
          task(),
          eventType,
          eventSubject,
          occurredAt,
          reason,
          parkedAt,
          data);
    }

    /// What is about a task has the task's id as its key.
    private @Nullable UUID task() {
      try {
        return UUID.fromString(key);
      } catch (IllegalArgumentException _) {
        return null;
      }
    }
  }

  @RegisterForReflection
  record Replayed(
      String consumer, UUID eventId, int attempts, Instant replayedAt, @Nullable String refused) {}

  @RegisterForReflection
  record Failed(String consumer, UUID eventId, int attempts, String reason) {}
}
