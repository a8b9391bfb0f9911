package dev.earnest.messaging.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of an account's webhooks.
@ApplicationScoped
public class WebhookLog {
  private static final UUID END = new UUID(-1, -1);

  private static final String SELECT =
      """
      SELECT d.id, d.endpoint, d.type, d.task, e.url, d.state, d.created_at, d.due_at,
        d.settled_at, d.body, e.disabled_at
      FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint
      """;

  private static final String FIND = SELECT + "WHERE d.owner = ? AND d.id = ?";

  private static final String ATTEMPTS =
      """
      SELECT delivery, at, millis, status_code, error FROM webhook_attempts
      WHERE delivery = ANY (?) ORDER BY position
      """;

  private final Database database;
  private final WebhookQueue queue;

  WebhookLog(Database database, WebhookQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  /// Which deliveries; null is any.
  public record Filter(@Nullable UUID webhook, @Nullable UUID task) {}

  /// @param task null for a test of an endpoint
  /// @param nextAttemptAt while it is pending
  /// @param body what is sent
  /// @param disabled whether its endpoint takes nothing any more
  public record Logged(
      UUID id,
      UUID webhook,
      String type,
      @Nullable UUID task,
      String url,
      String state,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant settledAt,
      String body,
      boolean disabled,
      List<Attempt> attempts) {
    private Logged with(List<Attempt> made) {
      return new Logged(
          id,
          webhook,
          type,
          task,
          url,
          state,
          createdAt,
          nextAttemptAt,
          settledAt,
          body,
          disabled,
          made);
    }
  }

  public record Attempt(
      UUID delivery,
      Instant at,
      long millis,
      @Nullable Integer statusCode,
      @Nullable String error) {}

  /// At most `limit` deliveries before one, newest first.
  public List<Logged> page(String owner, Filter filter, @Nullable UUID before, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append("WHERE d.owner = ? AND d.id < ?");
    List<Object> values = new ArrayList<>(List.of(owner, before == null ? END : before));
    if (filter.webhook() != null) {
      sql.append(" AND d.endpoint = ?");
      values.add(filter.webhook());
    }
    if (filter.task() != null) {
      sql.append(" AND d.task = ?");
      values.add(filter.task());
    }
    sql.append(" ORDER BY d.id DESC LIMIT ?");
    values.add(limit);
    return withAttempts(database.query(sql.toString(), WebhookLog::map, values.toArray()));
  }

  /// @throws Refusal 404
  public Logged get(String owner, UUID id) {
    return withAttempts(database.query(FIND, WebhookLog::map, owner, id)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("delivery"));
  }

  /// Sends a delivery once more, under the same `webhook-id`; one that waits for its next attempt is
  /// sent now.
  ///
  /// @throws Refusal 404; 409 `webhook_disabled`
  @Transactional
  public Logged replay(String owner, UUID id) {
    Logged known = get(owner, id);
    if (known.disabled()) {
      throw Webhooks.disabled();
    }
    queue.replay(id, known.webhook());
    return get(owner, id);
  }

  private List<Logged> withAttempts(List<Logged> bare) {
    if (bare.isEmpty()) {
      return bare;
    }
    Map<UUID, List<Attempt>> attempts =
        database
            .query(ATTEMPTS, WebhookLog::attempt, new Uuids(bare.stream().map(Logged::id).toList()))
            .stream()
            .collect(Collectors.groupingBy(Attempt::delivery));
    return bare.stream().map(one -> one.with(attempts.getOrDefault(one.id(), List.of()))).toList();
  }

  private static Logged map(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return new Logged(
        Database.requiredUuid(row, "id"),
        Database.requiredUuid(row, "endpoint"),
        row.getString("type"),
        Database.uuid(row, "task"),
        row.getString("url"),
        state,
        Database.requiredInstant(row, "created_at"),
        state.equals("PENDING") ? Database.instant(row, "due_at") : null,
        Database.instant(row, "settled_at"),
        row.getString("body"),
        row.getTimestamp("disabled_at") != null,
        List.of());
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
