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

/// Events of one topic that were never handled before, in their order.
public final class EventBatch {
  private final List<Event> events;
  private final Map<UUID, String> refused = new HashMap<>();

  EventBatch(List<Event> events) {
    this.events = events;
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

  Map<UUID, String> refused() {
    return refused;
  }
}
