package dev.earnest.messaging.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.event.ReplayRequested;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.messaging.domain.ParkedEvent.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The view of what services parked. The service that parked an event is the one that handles it
/// again, and says what became of it.
@ApplicationScoped
public class ParkedEvents {
  /// A replay that is not answered for so long may be asked for again: it has its effect once however
  /// often it is asked for.
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(10);

  private final ParkedEventTable table;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  ParkedEvents(ParkedEventTable table, Outbox outbox, Ids ids, InstantSource clock) {
    this.table = table;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// Which ones; null is any.
  ///
  /// @param reason a part of it, in any case
  public record Filter(
      @Nullable String service,
      @Nullable String topic,
      @Nullable String reason,
      @Nullable State state) {}

  /// What a service says when it parks an event.
  ///
  /// @param task the task whose deletion takes the event's data along
  public record News(
      String service,
      UUID eventId,
      String topic,
      String key,
      @Nullable UUID task,
      String type,
      String subject,
      Instant occurredAt,
      String reason,
      Instant parkedAt,
      String data) {}

  /// At most `limit` before one, newest first.
  public List<ParkedEvent> page(Filter filter, @Nullable UUID before, int limit) {
    return table.page(filter, before, limit);
  }

  /// @throws Refusal 404
  public ParkedEvent get(UUID id) {
    return table.find(id).orElseThrow(ParkedEvents::unknown);
  }

  /// Asks the service to handle it again.
  ///
  /// @throws Refusal 404; 409 `already_replayed`, `replay_under_way`, `waits_behind_another`
  @Transactional
  public ParkedEvent replay(UUID id) {
    ParkedEvent parked = table.lock(id).orElseThrow(ParkedEvents::unknown);
    Instant now = clock.instant();
    assertReplayable(parked, now);
    table.ask(id, now);
    outbox.append(
        new ReplayRequested(parked.service(), parked.eventId(), parked.topic(), parked.key()));
    return get(id);
  }

  private void assertReplayable(ParkedEvent parked, Instant now) {
    switch (parked.state()) {
      case REPLAYED -> throw illegal("already_replayed", parked, "It is replayed already.");
      case REPLAYING -> {
        if (isFresh(parked.askedAt(), now)) {
          throw illegal("replay_under_way", parked, "Its replay is under way.");
        }
      }
      case PARKED ->
          table
              .firstBefore(parked)
              .ifPresent(first -> {
                throw illegal(
                    "waits_behind_another",
                    parked,
                    "It waits behind dead letter "
                        + first
                        + " of the same key, and follows once that is replayed.");
              });
    }
  }

  private static boolean isFresh(@Nullable Instant askedAt, Instant now) {
    return askedAt != null && now.isBefore(askedAt.plus(ANSWERED_WITHIN));
  }

  /// In the transaction of the caller, as all that services tell.
  public void parked(News news) {
    table.insert(ids.next(), news);
  }

  /// @param refused why it had no effect, where it had none
  public void replayed(
      String service, UUID eventId, int attempts, Instant at, @Nullable String refused) {
    table.replayed(service, eventId, attempts, at, refused);
  }

  public void failed(String service, UUID eventId, int attempts, String reason) {
    table.failed(service, eventId, attempts, reason);
  }

  private static Refusal unknown() {
    return Refusal.notFound("dead letter");
  }

  private static IllegalMove illegal(String code, ParkedEvent parked, String detail) {
    return new IllegalMove(code, parked.state().name(), detail);
  }
}
