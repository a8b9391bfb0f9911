package dev.earnest.messaging.domain;

import dev.earnest.kit.event.AfterCommit;
import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Database.Uuids;
import dev.earnest.messaging.domain.WebhookHealth.Disabled;
import dev.earnest.messaging.domain.WebhookRecipients.Planned;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The queue of webhook deliveries, in PostgreSQL. It is filled in the transaction of what it tells
/// of, and emptied by any number of replicas.
@ApplicationScoped
class WebhookQueue {
  private static final String ADD =
      """
      INSERT INTO webhook_deliveries
        (id, endpoint, owner, task, type, body, state, created_at, due_at)
      VALUES (?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)
      """;

  private static final String LOG =
      "INSERT INTO webhook_attempts (delivery, at, millis, status_code, error)"
          + " VALUES (?, ?, ?, ?, ?)";

  private static final String SETTLE =
      """
      UPDATE webhook_deliveries SET attempts = attempts + 1, state = ?, due_at = ?, settled_at = ?
      WHERE position = ? AND state = 'PENDING'
      """;

  private static final String AGAIN =
      """
      UPDATE webhook_deliveries SET state = 'PENDING', attempts = 0, due_at = ?, settled_at = NULL
      WHERE id = ?
      """;

  private static final String CLOSE =
      "UPDATE webhook_endpoints SET open_until = NULL WHERE id = ? AND open_until IS NOT NULL";

  private static final String NOTHING = "UPDATE webhook_deliveries SET due_at = due_at WHERE false";

  private static final String DISCARD =
      "UPDATE webhook_deliveries SET state = 'DISCARDED', settled_at = ?"
          + " WHERE endpoint = ANY (?) AND state = 'PENDING'";

  private final Database database;
  private final WebhookRecipients recipients;
  private final WebhookBody bodies;
  private final WebhookHealth health;
  private final Notifications notifications;
  private final WebhookNews news;
  private final Ids ids;
  private final InstantSource clock;
  private final AfterCommit afterCommit;

  WebhookQueue(
      Database database,
      WebhookRecipients recipients,
      WebhookBody bodies,
      WebhookHealth health,
      Notifications notifications,
      WebhookNews news,
      Ids ids,
      InstantSource clock,
      AfterCommit afterCommit) {
    this.database = database;
    this.recipients = recipients;
    this.bodies = bodies;
    this.health = health;
    this.notifications = notifications;
    this.news = news;
    this.ids = ids;
    this.clock = clock;
    this.afterCommit = afterCommit;
  }

  /// A delivery that this process holds until its lease ends.
  ///
  /// @param attempts how many were made before
  /// @param secrets what signs it, sealed, the newest first; none when the owner has none yet
  record Delivery(
      long position,
      UUID id,
      UUID endpoint,
      String owner,
      String url,
      String body,
      int attempts,
      List<String> secrets) {}

  /// How an attempt ended.
  ///
  /// @param again when it is tried again; null when it is settled
  /// @param error null when it was delivered
  /// @param gone whether the receiver wants no more, ever
  /// @param leftAloneUntil before when the receiver wants nothing at all
  record Outcome(
      Delivery delivery,
      Instant at,
      long millis,
      @Nullable Integer statusCode,
      @Nullable String error,
      @Nullable Instant again,
      boolean gone,
      @Nullable Instant leftAloneUntil) {
    boolean delivered() {
      return error == null;
    }

    String state() {
      return delivered() ? "DELIVERED" : again == null ? "FAILED" : "PENDING";
    }
  }

  /// Adds what was heard for those who want to be told, in the transaction of the caller, who
  /// holds the locks of their tasks: what is told of a task keeps its order.
  void add(List<Told> told) {
    add(recipients.plan(told), clock.instant());
  }

  private void add(List<Planned> planned, Instant now) {
    if (planned.isEmpty()) {
      return;
    }
    database.batch(ADD, planned.stream().map(plan -> row(ids.next(), plan, now)).toList());
    List<UUID> told = planned.stream().map(Planned::endpoint).distinct().toList();
    afterCommit.run(() -> news.tell(told));
  }

  /// A test of an endpoint, to be sent at once; returns its id.
  UUID addTest(String owner, UUID endpoint) {
    Instant now = clock.instant();
    UUID id = ids.next();
    String body = bodies.test(endpoint, now);
    Planned test = new Planned(endpoint, owner, null, WebhookEvents.TEST, body);
    database.update(ADD, row(id, test, now));
    sendNow(endpoint);
    return id;
  }

  /// Sends a delivery once more: as if it had never been tried, its attempts of before stay logged.
  void replay(UUID delivery, UUID endpoint) {
    database.update(AGAIN, clock.instant(), delivery);
    sendNow(endpoint);
  }

  private void sendNow(UUID endpoint) {
    database.update(CLOSE, endpoint);
    afterCommit.run(() -> news.tell(List.of(endpoint)));
  }

  private static @Nullable Object[] row(UUID id, Planned plan, Instant now) {
    return Database.values(
        id, plan.endpoint(), plan.owner(), plan.task(), plan.type(), plan.body(), now, now);
  }

  /// Writes down how attempts ended, in one transaction of the caller.
  void settle(List<Outcome> outcomes) {
    Instant now = clock.instant();
    database.batch(LOG, outcomes.stream().map(WebhookQueue::logRow).toList());
    database.batch(SETTLE, outcomes.stream().map(outcome -> settleRow(outcome, now)).toList());
    List<Disabled> disabled = health.settle(outcomes);
    if (!disabled.isEmpty()) {
      discard(disabled.stream().map(Disabled::endpoint).toList());
      notifications.tell(disabled.stream().map(Disabled::notification).toList());
    }
  }

  /// Gives up what waits for endpoints that are told nothing any more.
  void discard(Collection<UUID> endpoints) {
    database.update(DISCARD, clock.instant(), new Uuids(endpoints));
  }

  /// Throws when nothing at all can be written now.
  void check() {
    database.update(NOTHING);
  }

  private static @Nullable Object[] logRow(Outcome outcome) {
    return Database.values(
        outcome.delivery().id(),
        outcome.at(),
        outcome.millis(),
        outcome.statusCode(),
        outcome.error());
  }

  private static @Nullable Object[] settleRow(Outcome outcome, Instant now) {
    Instant again = outcome.again();
    return Database.values(
        outcome.state(),
        again == null ? now : again,
        again == null ? now : null,
        outcome.delivery().position());
  }
}
