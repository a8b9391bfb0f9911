package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Texts;
import dev.earnest.messaging.domain.Database.Uuids;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Erases what is kept of deleted tasks. Webhooks that were still to be delivered are delivered
/// first: they tell what happened before.
@ApplicationScoped
public class Erasure {
  private static final List<String> TABLES =
      List.of("timeline", "stream_events", "messages", "conversations", "notifications");

  /// The streams of the task's agent and of accounts; each is as long as one reader's past.
  private static final String INBOXES =
      """
      DELETE FROM inbox_events e USING (
        SELECT agent AS inbox, id AS task FROM tasks WHERE id = ANY (?) AND agent IS NOT NULL) t
      WHERE e.inbox = t.inbox AND e.data LIKE '%' || t.task || '%'
      """;

  private static final String BLANK =
      """
      UPDATE tasks SET deleted_at = ?, title = '', buyer = '', agent = NULL, agent_account = NULL,
        team = NULL, assignees = '{}', followers = '{}', callback_url = NULL
      WHERE id = ANY (?)
      """;

  /// What was parked stays parked, and can be replayed; only what it says of the task goes.
  private static final String PARKED = "UPDATE parked_events SET data = NULL WHERE key = ANY (?)";

  private static final String ATTEMPTS =
      """
      DELETE FROM webhook_attempts WHERE delivery IN (
        SELECT d.id FROM webhook_deliveries d JOIN tasks t ON t.id = d.task
        WHERE t.deleted_at IS NOT NULL AND d.state <> 'PENDING')
      """;

  private static final String DELIVERIES =
      """
      DELETE FROM webhook_deliveries d USING tasks t
      WHERE t.id = d.task AND t.deleted_at IS NOT NULL AND d.state <> 'PENDING'
      """;

  private final TaskHeads heads;
  private final Database database;
  private final InstantSource clock;

  Erasure(TaskHeads heads, Database database, InstantSource clock) {
    this.heads = heads;
    this.database = database;
    this.clock = clock;
  }

  /// In the transaction of the caller.
  public void erase(Collection<UUID> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    heads.lock(tasks);
    Uuids ids = new Uuids(List.copyOf(tasks));
    for (String table : TABLES) {
      database.update("DELETE FROM " + table + " WHERE task = ANY (?)", ids);
    }
    database.update(INBOXES, ids);
    database.update(PARKED, new Texts(tasks.stream().map(UUID::toString).toList()));
    database.update(BLANK, clock.instant(), ids);
    eraseDelivered();
  }

  /// What was still on its way when the task was deleted.
  @Scheduled(every = "1h", delayed = "5m")
  void eraseDelivered() {
    database.update(ATTEMPTS);
    database.update(DELIVERIES);
  }
}
