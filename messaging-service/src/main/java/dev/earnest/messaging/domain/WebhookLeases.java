package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Ints;
import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Uuids;
import dev.earnest.messaging.domain.WebhookQueue.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes due deliveries out of the queue by moving them behind their lease, so that what a process
/// held when it died becomes due again by itself.
///
/// It looks endpoint by endpoint: however much waits for the others, an endpoint's next delivery
/// costs the same.
@ApplicationScoped
class WebhookLeases {
  /// Which endpoints have something due, found by hopping from endpoint to endpoint in the index.
  private static final String DUE =
      """
      WITH RECURSIVE waiting (endpoint) AS (
        (SELECT endpoint FROM webhook_deliveries WHERE state = 'PENDING' ORDER BY endpoint LIMIT 1)
        UNION ALL
        SELECT (
          SELECT d.endpoint FROM webhook_deliveries d
          WHERE d.state = 'PENDING' AND d.endpoint > w.endpoint ORDER BY d.endpoint LIMIT 1)
        FROM waiting w WHERE w.endpoint IS NOT NULL)
      SELECT w.endpoint FROM waiting w JOIN webhook_endpoints e ON e.id = w.endpoint
      WHERE e.disabled_at IS NULL AND (e.open_until IS NULL OR e.open_until <= ?)
        AND EXISTS (
          SELECT FROM webhook_deliveries d
          WHERE d.endpoint = w.endpoint AND d.state = 'PENDING' AND d.due_at <= ?)
      """;

  /// A delivery waits until every earlier one of its task to the same endpoint has been tried once.
  /// An endpoint that has not proven itself, or failed the last time, gets one attempt at a time, and
  /// of those that failed only some are tried at once.
  private static final String TAKE =
      """
      WITH asked AS (
        SELECT e.id, e.failures, e.failed_at,
          CASE WHEN e.proven AND e.failures = 0 THEN ? ELSE 1 END - coalesce(b.times, 0) AS share
        FROM webhook_endpoints e
        LEFT JOIN unnest(?, ?) AS b (endpoint, times) ON b.endpoint = e.id
        WHERE e.id = ANY (?) AND e.disabled_at IS NULL
          AND (e.open_until IS NULL OR e.open_until <= ?)),
      ready AS (
        (SELECT id, share, failures FROM asked WHERE share > 0 AND failures = 0)
        UNION ALL
        (SELECT id, share, failures FROM asked WHERE share > 0 AND failures > 0
          ORDER BY failed_at LIMIT ?)),
      chosen AS (
        SELECT next.position FROM ready CROSS JOIN LATERAL (
          SELECT d.position, d.due_at FROM webhook_deliveries d
          WHERE d.endpoint = ready.id AND d.state = 'PENDING' AND d.due_at <= ?
            AND d.position <> ALL (?)
            AND NOT EXISTS (
              SELECT FROM webhook_deliveries earlier
              WHERE earlier.endpoint = d.endpoint AND earlier.task = d.task
                AND earlier.position < d.position
                AND earlier.state = 'PENDING' AND earlier.attempts = 0)
          ORDER BY d.due_at, d.position LIMIT ready.share
          FOR UPDATE OF d SKIP LOCKED) AS next
        ORDER BY ready.failures > 0, next.due_at, next.position LIMIT ?),
      taken AS (
        UPDATE webhook_deliveries d SET due_at = ? FROM chosen WHERE d.position = chosen.position
        RETURNING d.position, d.id, d.endpoint, d.owner, d.body, d.attempts)
      SELECT d.*, e.kind, e.url, e.failures, a.webhook_secret AS agents,
        CASE e.kind WHEN 'SUBSCRIPTION' THEN e.secret ELSE s.secret END AS secret,
        CASE e.kind WHEN 'SUBSCRIPTION' THEN e.previous ELSE s.previous END AS previous,
        CASE e.kind WHEN 'SUBSCRIPTION' THEN e.previous_until ELSE s.previous_until END AS until
      FROM taken d JOIN webhook_endpoints e ON e.id = d.endpoint
      LEFT JOIN agents a ON a.id = e.agent
      LEFT JOIN signing_secrets s ON s.account = d.owner
      ORDER BY d.position
      """;

  private final Database database;
  private final InstantSource clock;

  WebhookLeases(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Bounds for what is taken.
  ///
  /// @param deliveries at most so many
  /// @param share so many at once for an endpoint that works
  /// @param failing so many endpoints that failed the last time
  record Room(int deliveries, int share, int failing) {}

  /// @param suspect whether its endpoint failed the last time
  record Taken(Delivery delivery, boolean suspect) {}

  /// The endpoints that have something due.
  List<UUID> due() {
    Instant now = clock.instant();
    return database.query(DUE, row -> Database.requiredUuid(row, "endpoint"), now, now);
  }

  /// Takes due deliveries of some endpoints.
  ///
  /// @param held what this process holds already, whatever the clock says about its lease
  /// @param busy how many of each endpoint it holds
  List<Taken> take(
      Collection<UUID> endpoints,
      Room room,
      Collection<Long> held,
      Map<UUID, Integer> busy,
      Duration lease) {
    Instant now = clock.instant();
    List<UUID> busyEndpoints = new ArrayList<>(busy.keySet());
    return database.query(
        TAKE,
        row -> new Taken(delivery(row, now), row.getInt("failures") > 0),
        room.share(),
        new Uuids(busyEndpoints),
        new Ints(busyEndpoints.stream().map(busy::get).toList()),
        new Uuids(endpoints),
        now,
        Math.max(0, room.failing()),
        now,
        new Longs(held),
        room.deliveries(),
        now.plus(lease));
  }

  private static Delivery delivery(ResultSet row, Instant now) throws SQLException {
    return new Delivery(
        row.getLong("position"),
        Database.requiredUuid(row, "id"),
        Database.requiredUuid(row, "endpoint"),
        row.getString("owner"),
        row.getString("url"),
        row.getString("body"),
        row.getInt("attempts"),
        secrets(row, now));
  }

  /// An agent's own secret where it has one; else its owner's, for the 24 hours after it was changed
  /// also the one before.
  private static List<String> secrets(ResultSet row, Instant now) throws SQLException {
    @Nullable String ofAgent = row.getString("agents");
    if (ofAgent != null) {
      return List.of(ofAgent);
    }
    @Nullable String secret = row.getString("secret");
    if (secret == null) {
      return List.of();
    }
    @Nullable String previous = row.getString("previous");
    @Nullable Instant until = Database.instant(row, "until");
    return previous != null && until != null && now.isBefore(until)
        ? List.of(secret, previous)
        : List.of(secret);
  }
}
