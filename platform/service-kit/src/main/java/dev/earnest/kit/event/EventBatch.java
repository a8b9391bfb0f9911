package dev.earnest.kit.event;

import dev.earnest.kit.problem.Refusal;
import io.opentelemetry.context.Scope;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.transaction.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Events of one topic that were never handled before, in their order.
public final class EventBatch {
  /// Of every type of event there is one version so far.
  private static final Pattern OTHER_VERSION = Pattern.compile(".*\\.v(?!1$)\\d+");

  private final List<Event> events;
  private final Map<UUID, String> refused = new HashMap<>();

  EventBatch(List<Event> events) {
    this.events = events;
  }

  /// Lets a handler take events.
  ///
  /// @return what the state refused of them, and why
  static Map<UUID, String> handle(List<Event> events, TopicHandler handler) {
    events.forEach(EventBatch::assertKnownVersion);
    EventBatch batch = new EventBatch(events);
    handler.handle(batch);
    return batch.refused;
  }

  private static void assertKnownVersion(Event event) {
    if (OTHER_VERSION.matcher(event.type()).matches()) {
      throw new UnknownVersion(event.type());
    }
  }

  public List<Event> events() {
    return events;
  }

  /// Handles each event in turn, within its own trace. What the state refuses is dropped and
  /// recorded; a refusal is thrown before anything is written.
  public void each(Consumer<Event> handler) {
    for (Event event : events) {
      try (Scope _ = Traces.contextOf(event).makeCurrent()) {
        handler.accept(event);
      } catch (EventTooLarge tooLarge) {
        throw new IllegalStateException(tooLarge.detail(), tooLarge);
      } catch (Refusal refusal) {
        assertStillGood(refusal);
        refused.put(event.id(), refusal.code() + ": " + refusal.detail());
      }
    }
  }

  /// A refusal that left a `@Transactional` method has doomed the transaction of the whole batch.
  /// Told here, or it would show as a commit that failed without a reason.
  private static void assertStillGood(Refusal refusal) {
    if (QuarkusTransaction.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
      throw new IllegalStateException(
          "handlers must not be @Transactional: this left one of them", refusal);
    }
  }
}
