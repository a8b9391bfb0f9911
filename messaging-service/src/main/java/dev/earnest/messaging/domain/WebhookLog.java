package dev.earnest.messaging.domain;

import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of an account's webhooks.
@ApplicationScoped
public class WebhookLog {
  private static final UUID END = new UUID(-1, -1);

  private static final String PAGE =
      """
      SELECT d.id, d.type, d.task, e.url, d.state, d.created_at, d.due_at, d.settled_at
      FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint
      WHERE d.owner = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?
      """;

  private static final String ATTEMPTS =
      """
      SELECT delivery, at, millis, status_code, error FROM webhook_attempts
      WHERE delivery = ANY (?) ORDER BY position
      """;

  private final Database database;

  WebhookLog(Database database) {
    this.database = database;
  }

  /// @param nextAttemptAt while it is pending
  public record Logged(
      UUID id,
      String type,
      UUID task,
      String url,
      String state,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant settledAt,
      List<Attempt> attempts) {}

  public record Attempt(
      UUID delivery,
      Instant at,
      long millis,
      @Nullable Integer statusCode,
      @Nullable String error) {}

  /// At most `limit` deliveries before one, newest first.
  public List<Logged> page(String owner, @Nullable UUID before, int limit) {
    List<Logged> bare =
        database.query(
            PAGE, row -> map(row, List.of()), owner, before == null ? END : before, limit);
    Map<UUID, List<Attempt>> attempts =
        database
            .query(ATTEMPTS, WebhookLog::attempt, new Uuids(bare.stream().map(Logged::id).toList()))
            .stream()
            .collect(Collectors.groupingBy(Attempt::delivery));
    return bare.stream().map(one -> with(one, attempts.getOrDefault(one.id(), List.of()))).toList();
  }

  private static Logged with(Logged bare, List<Attempt> attempts) {
    return new Logged(
        bare.id(),
        bare.type(),
        bare.task(),
        bare.url(),
        bare.state(),
        bare.createdAt(),
        bare.nextAttemptAt(),
        bare.settledAt(),
        attempts);
  }

  private static Logged map(ResultSet row, List<Attempt> attempts) throws SQLException {
    String state = row.getString("state");
    return new Logged(
        Database.requiredUuid(row, "id"),
        row.getString("type"),
        Database.requiredUuid(row, "task"),
        row.getString("url"),
        state,
        Database.requiredInstant(row, "created_at"),
        state.equals("PENDING") ? Database.instant(row, "due_at") : null,
        Database.instant(row, "settled_at"),
        attempts);
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    int status = row.getInt("status_code");
    @Nullable Integer answered = row.wasNull() ? null : (Integer) status;
    return new Attempt(
        Database.requiredUuid(row, "delivery"),
        Database.requiredInstant(row, "at"),
        row.getLong("millis"),
        answered,
        row.getString("error"));
  }
}
