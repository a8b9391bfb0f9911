package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Ints;
import dev.earnest.messaging.domain.Database.Times;
import dev.earnest.messaging.domain.Database.Uuids;
import dev.earnest.messaging.domain.Notification.Category;
import dev.earnest.messaging.domain.Notification.Draft;
import dev.earnest.messaging.domain.WebhookQueue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How endpoints are doing.
///
/// An endpoint that failed gets one attempt at a time until one succeeds. After ten failures in a
/// row its circuit breaker opens: nothing is sent for 5 seconds, then one attempt decides; each time
/// the pause doubles, up to 5 minutes. One that asks for a pause (429, 503 with `Retry-After`) gets
/// it. One that answers 410, or fails for five days without one success, is disabled, and its owner
/// is told.
@ApplicationScoped
class WebhookHealth {
  private static final Duration PATIENCE = Duration.ofDays(5);

  /// The rows are locked in one order, or two workers could wait for each other.
  private static final String WORKS =
      """
      WITH doing AS (
        SELECT id FROM webhook_endpoints
        WHERE id = ANY (?) AND (failures > 0 OR failing_since IS NOT NULL OR NOT proven)
        ORDER BY id FOR NO KEY UPDATE)
      UPDATE webhook_endpoints e
      SET proven = true, failures = 0, failed_at = NULL, failing_since = NULL, open_until = NULL
      FROM doing WHERE e.id = doing.id
      """;

  private static final String FAILS =
      """
      WITH doing AS (
        SELECT id FROM webhook_endpoints WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE)
      UPDATE webhook_endpoints e
      SET failures = least(e.failures + f.times, 1000000), failed_at = f.now,
        failing_since = coalesce(e.failing_since, f.now),
        open_until = greatest(e.open_until, f.left_alone_until,
          CASE WHEN e.failures + f.times >= 10 THEN f.now + least(interval '5 minutes',
            interval '5 seconds' * power(2, least(e.failures + f.times - 10, 10))) END),
        disabled_at = CASE WHEN f.gone OR e.failing_since <= f.too_long THEN f.now END,
        disabled_reason = CASE WHEN f.gone THEN 'gone'
          WHEN e.failing_since <= f.too_long THEN 'failing' END
      FROM doing JOIN (
        SELECT id, times, left_alone_until, gone, ?::timestamptz AS now, ?::timestamptz AS too_long
        FROM unnest(?, ?, ?, ?) AS given (id, times, left_alone_until, gone)) f ON f.id = doing.id
      WHERE e.id = doing.id AND e.disabled_at IS NULL
      RETURNING e.id, e.owner, e.url, e.disabled_at, e.disabled_reason
      """;

  private final Database database;
  private final InstantSource clock;

  WebhookHealth(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// An endpoint that is not told any more.
  ///
  /// @param reason `gone` (it said so) or `failing` (for five days)
  record Disabled(UUID endpoint, String owner, String url, String reason) {
    /// What its owner is told. A URL may be a secret, a host is none.
    Draft notification() {
      String why = reason.equals("gone") ? "it wants no more" : "it has failed for five days";
      String title = "Webhooks to %s are stopped: %s.".formatted(URI.create(url).getHost(), why);
      return new Draft(owner, Category.TASK, "webhook.disabled", title, null);
    }
  }

  /// What was seen of an endpoint that failed.
  private static final class Failing {
    private int times;
    private boolean gone;
    private @Nullable Instant leftAloneUntil;

    void add(Outcome outcome) {
      times++;
      gone |= outcome.gone();
      Instant asked = outcome.leftAloneUntil();
      if (asked != null && (leftAloneUntil == null || asked.isAfter(leftAloneUntil))) {
        leftAloneUntil = asked;
      }
    }
  }

  /// Writes down how attempts ended, in the transaction of the caller; returns which endpoints are
  /// disabled by it.
  List<Disabled> settle(Collection<Outcome> outcomes) {
    List<UUID> working =
        outcomes.stream()
            .filter(Outcome::delivered)
            .map(outcome -> outcome.delivery().endpoint())
            .distinct()
            .toList();
    if (!working.isEmpty()) {
      database.update(WORKS, new Uuids(working));
    }
    Map<UUID, Failing> failing = new TreeMap<>();
    outcomes.stream()
        .filter(outcome -> !outcome.delivered())
        .forEach(outcome ->
            failing
                .computeIfAbsent(outcome.delivery().endpoint(), _ -> new Failing())
                .add(outcome));
    return failing.isEmpty() ? List.of() : fail(failing);
  }

  private List<Disabled> fail(Map<UUID, Failing> failing) {
    Instant now = clock.instant();
    List<Failing> seen = List.copyOf(failing.values());
    List<Disabled> disabled = new ArrayList<>();
    database.query(
        FAILS,
        row ->
            row.getTimestamp("disabled_at") != null
                && disabled.add(
                    new Disabled(
                        Database.requiredUuid(row, "id"),
                        row.getString("owner"),
                        row.getString("url"),
                        row.getString("disabled_reason"))),
        new Uuids(failing.keySet()),
        now,
        now.minus(PATIENCE),
        new Uuids(failing.keySet()),
        new Ints(seen.stream().map(one -> one.times).toList()),
        new Times(seen.stream().map(one -> one.leftAloneUntil).toList()),
        new Database.Booleans(seen.stream().map(one -> one.gone).toList()));
    return disabled;
  }
}
