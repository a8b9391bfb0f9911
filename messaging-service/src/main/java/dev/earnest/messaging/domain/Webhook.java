package dev.earnest.messaging.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An address that somebody's webhooks go to.
///
/// @param agent whose own address it is
/// @param failingSince since when nothing has arrived there
/// @param pausedUntil nothing is sent before: it asked for that, or failed ten times in a row
/// @param disabledReason `gone` (it answered 410), `failing` (for five days) or `owner`
public record Webhook(
    UUID id,
    WebhookKind kind,
    @Nullable UUID agent,
    String url,
    List<String> events,
    Instant createdAt,
    @Nullable Instant failingSince,
    @Nullable Instant pausedUntil,
    @Nullable Instant disabledAt,
    @Nullable String disabledReason) {
  static final String COLUMNS =
      "id, kind, agent, url, events, created_at, failing_since, open_until, disabled_at,"
          + " disabled_reason";

  static Webhook map(ResultSet row) throws SQLException {
    return new Webhook(
        Database.requiredUuid(row, "id"),
        WebhookKind.valueOf(row.getString("kind")),
        Database.uuid(row, "agent"),
        row.getString("url"),
        Database.texts(row, "events"),
        Database.requiredInstant(row, "created_at"),
        Database.instant(row, "failing_since"),
        Database.instant(row, "open_until"),
        Database.instant(row, "disabled_at"),
        row.getString("disabled_reason"));
  }

  public boolean enabled() {
    return disabledAt == null;
  }

  /// What its owner wants changed; null leaves as it is.
  public record Change(
      @Nullable String url, @Nullable List<String> events, @Nullable Boolean enabled) {
    boolean ofSubscription() {
      return url != null || events != null;
    }
  }
}
