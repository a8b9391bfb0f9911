package dev.earnest.kit.event;

import dev.earnest.kit.event.DeadLetterTable.Parked;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Handles parked events again when an operator asks for it, one in a transaction.
///
/// A replay is an event like any other: it comes once, it is tried again while the reason passes,
/// and when it fails it is given up. The parked event then stays where it is, with the new reason;
/// it is never out of the table before it has had its effect. What waits behind it is replayed
/// next, in order and by the same way, until one fails.
@ApplicationScoped
class Replays implements TopicHandler {
  private final Instance<TopicHandler> handlers;
  private final DeadLetterTable letters;
  private final InboxTable inbox;
  private final EventDecoder decoder;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String consumer;

  Replays(
      @Any Instance<TopicHandler> handlers,
      DeadLetterTable letters,
      InboxTable inbox,
      EventDecoder decoder,
      Outbox outbox,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String consumer) {
    this.handlers = handlers;
    this.letters = letters;
    this.inbox = inbox;
    this.decoder = decoder;
    this.outbox = outbox;
    this.clock = clock;
    this.consumer = consumer;
  }

  @Override
  public String topic() {
    return Topics.REPLAYS;
  }

  /// Handlers take the locks of a batch in one order; two replays in a transaction would not.
  @Override
  public int mostAtOnce() {
    return 1;
  }

  /// Not by [EventBatch#each], which would take a refusal by the other handler for one of the replay.
  @Override
  public void handle(EventBatch batch) {
    batch.events().forEach(event -> read(event).ifPresent(this::replay));
  }

  @Override
  public boolean giveUp(Event event, String reason) {
    Optional<ReplayRequested> asked;
    try {
      asked = read(event);
    } catch (UncheckedIOException _) {
      // No request that anybody could answer.
      return false;
    }
    asked.ifPresent(request -> {
      letters.markFailed(request.eventId(), DeadLetters.reason(reason));
      tellFailed(request, reason);
    });
    return asked.isPresent();
  }

  /// A request to this service.
  private Optional<ReplayRequested> read(Event event) {
    return event.type().equals(ReplayRequested.TYPE)
        ? Optional.of(event.as(ReplayRequested.class)).filter(r -> r.consumer().equals(consumer))
        : Optional.empty();
  }

  private void replay(ReplayRequested asked) {
    Optional<Parked> parked = letters.lock(asked.eventId());
    if (parked.isEmpty()) {
      tellFailed(asked, consumer + " has no such parked event");
    } else if (parked.get().replayedAt() != null) {
      tellReplayed(parked.get(), parked.get().replayedAt(), null);
    } else {
      replay(asked, parked.get());
    }
  }

  private void replay(ReplayRequested asked, Parked parked) {
    Event event = parked.event();
    UUID first = letters.first(event.topic(), event.key()).orElseThrow();
    if (!first.equals(event.id())) {
      tellFailed(asked, "waits behind the parked event " + first + " of the same key");
      return;
    }
    @Nullable String refused = handle(parked);
    Instant now = clock.instant();
    letters.markReplayed(event.id(), now);
    tellReplayed(parked.triedAgain(), now, refused);
    letters.first(event.topic(), event.key()).ifPresent(next -> askFor(event, next));
  }

  private void askFor(Event replayed, UUID next) {
    outbox.append(new ReplayRequested(consumer, next, replayed.topic(), replayed.key()));
  }

  /// @return why it had no effect, where it had none
  private @Nullable String handle(Parked parked) {
    Event event = readAgain(parked);
    if (!event.id().equals(parked.event().id()) && !inbox.receive(event.id())) {
      return "received before under its own id " + event.id();
    }
    try (Scope _ = Traces.contextOf(event).makeCurrent()) {
      Map<UUID, String> refused = EventBatch.handle(List.of(event), handlerOf(event.topic()));
      inbox.recordRefusals(refused);
      return refused.get(event.id());
    }
  }

  private Event readAgain(Parked parked) {
    if (parked.head() == null) {
      return parked.event();
    }
    return switch (decoder.decode(parked.event(), parked.head())) {
      case EventDecoder.Decoded(Event event) -> event;
      case EventDecoder.Unreadable unreadable ->
          throw new IllegalArgumentException(unreadable.reason());
    };
  }

  private TopicHandler handlerOf(String topic) {
    return handlers.stream()
        .filter(handler -> handler.topic().equals(topic))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(consumer + " does not listen to " + topic));
  }

  private void tellReplayed(Parked parked, Instant at, @Nullable String refused) {
    Event event = parked.event();
    outbox.append(
        new DeadLetterReplayed(
            consumer, event.id(), event.topic(), event.key(), parked.attempts(), at, refused));
  }

  private void tellFailed(ReplayRequested asked, String reason) {
    int attempts = letters.find(asked.eventId()).map(Parked::attempts).orElse(0);
    outbox.append(
        new DeadLetterReplayFailed(
            consumer,
            asked.eventId(),
            asked.sourceTopic(),
            asked.key(),
            attempts,
            DeadLetters.reason(reason),
            clock.instant()));
  }
}
