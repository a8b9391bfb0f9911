package dev.earnest.messaging.domain;

import dev.earnest.kit.event.AfterCommit;
import dev.earnest.kit.id.Ids;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.domain.Database.Longs;
import dev.earnest.messaging.domain.Database.Uuids;
import dev.earnest.messaging.domain.Heard.Announcement;
import dev.earnest.messaging.domain.WebhookEndpoints.Address;
import dev.earnest.messaging.domain.WebhookEndpoints.Kind;
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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

  /// Takes due deliveries by moving them behind their lease. A delivery waits until every earlier
  /// one of its task to the same endpoint has been tried once; an endpoint gets only its share.
  private static final String TAKE =
      """
      WITH candidates AS (
        SELECT d.position, d.endpoint, d.due_at FROM webhook_deliveries d
        WHERE d.state = 'PENDING' AND d.due_at <= ?
          AND d.endpoint <> ALL (?) AND d.position <> ALL (?)
          AND NOT EXISTS (
            SELECT FROM webhook_deliveries earlier
            WHERE earlier.endpoint = d.endpoint AND earlier.task = d.task
              AND earlier.position < d.position
              AND earlier.state = 'PENDING' AND earlier.attempts = 0)
        ORDER BY d.due_at, d.position LIMIT 1000),
      chosen AS (
        SELECT d.position FROM webhook_deliveries d
        JOIN (
          SELECT position, row_number() OVER (PARTITION BY endpoint ORDER BY due_at, position) AS n
          FROM candidates) AS share ON share.position = d.position AND share.n <= ?
        WHERE d.state = 'PENDING' AND d.due_at <= ?
        ORDER BY d.due_at, d.position LIMIT ?
        FOR UPDATE OF d SKIP LOCKED),
      taken AS (
        UPDATE webhook_deliveries d SET due_at = ? FROM chosen WHERE d.position = chosen.position
        RETURNING d.position, d.id, d.endpoint, d.owner, d.body, d.attempts)
      SELECT d.*, e.url, a.webhook_secret, s.secret, s.previous, s.previous_until
      FROM taken d JOIN webhook_endpoints e ON e.id = d.endpoint
      LEFT JOIN agents a ON a.id = e.agent
      LEFT JOIN signing_secrets s ON s.account = d.owner
      ORDER BY d.position
      """;

  private static final String LOG =
      "INSERT INTO webhook_attempts (delivery, at, millis, status_code, error)"
          + " VALUES (?, ?, ?, ?, ?)";

  private static final String SETTLE =
      """
      UPDATE webhook_deliveries SET attempts = attempts + 1, state = ?, due_at = ?, settled_at = ?
      WHERE position = ? AND state = 'PENDING'
      """;

  private static final String NOTHING = "UPDATE webhook_deliveries SET due_at = due_at WHERE false";

  private static final String DISCARD =
      "UPDATE webhook_deliveries SET state = 'DISCARDED', settled_at = ?"
          + " WHERE endpoint = ANY (?) AND state = 'PENDING'";

  private final Database database;
  private final WebhookEndpoints endpoints;
  private final Agents agents;
  private final WebhookBody bodies;
  private final Ids ids;
  private final InstantSource clock;
  private final AfterCommit afterCommit;
  private final Semaphore news = new Semaphore(0);

  WebhookQueue(
      Database database,
      WebhookEndpoints endpoints,
      Agents agents,
      WebhookBody bodies,
      Ids ids,
      InstantSource clock,
      AfterCommit afterCommit) {
    this.database = database;
    this.endpoints = endpoints;
    this.agents = agents;
    this.bodies = bodies;
    this.ids = ids;
    this.clock = clock;
    this.afterCommit = afterCommit;
  }

  /// A task's change that webhooks are told of.
  record Notice(TaskState state, Instant at, Announcement announcement) {}

  private record Planned(Address address, String type, UUID task, String body) {}

  /// A delivery that this process holds until its lease ends.
  ///
  /// @param attempts how many were made before
  /// @param agentSecret the agent's own secret, sealed
  /// @param secret the owner's signing secret, sealed; null while there is none
  /// @param previousSecret the one before it, sealed, while it is still valid
  record Delivery(
      long position,
      UUID id,
      UUID endpoint,
      String owner,
      String url,
      String body,
      int attempts,
      @Nullable String agentSecret,
      @Nullable String secret,
      @Nullable String previousSecret) {}

  /// How an attempt ended.
  ///
  /// @param again when it is tried again; null when it is settled
  /// @param error null when it was delivered
  /// @param gone whether the receiver wants no more, ever
  record Outcome(
      Delivery delivery,
      Instant at,
      long millis,
      @Nullable Integer statusCode,
      @Nullable String error,
      @Nullable Instant again,
      boolean gone) {
    boolean delivered() {
      return error == null;
    }

    String state() {
      return delivered() ? "DELIVERED" : again == null ? "FAILED" : "PENDING";
    }
  }

  /// Adds what the notices mean for callback URLs and agents, in the transaction of the caller.
  void add(List<Notice> notices) {
    List<Planned> planned = plan(notices);
    if (planned.isEmpty()) {
      return;
    }
    Map<Address, UUID> enabled =
        endpoints.enabled(planned.stream().map(Planned::address).distinct().toList());
    Instant now = clock.instant();
    database.batch(
        ADD,
        planned.stream()
            .filter(plan -> enabled.containsKey(plan.address()))
            .map(plan -> row(plan, Objects.requireNonNull(enabled.get(plan.address())), now))
            .toList());
    afterCommit.run(news::release);
  }

  private List<Planned> plan(List<Notice> notices) {
    Map<UUID, Agent> known =
        agents.find(
            notices.stream()
                .map(n -> n.state().agent())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    List<Planned> planned = new ArrayList<>();
    for (Notice notice : notices) {
      TaskState state = notice.state();
      @Nullable Agent agent = state.agent() == null ? null : known.get(state.agent());
      String toBuyer = notice.announcement().toBuyer();
      String callback = state.callbackUrl();
      if (toBuyer != null && callback != null) {
        Address address = new Address(Kind.CALLBACK, state.buyer(), null, callback);
        planned.add(new Planned(address, toBuyer, state.id(), bodies.of(toBuyer, notice, agent)));
      }
      String toAgent = notice.announcement().toAgent();
      if (toAgent != null && agent != null && agent.webhookUrl() != null) {
        Address address = new Address(Kind.AGENT, agent.account(), agent.id(), agent.webhookUrl());
        planned.add(new Planned(address, toAgent, state.id(), bodies.of(toAgent, notice, agent)));
      }
    }
    return planned;
  }

  private @Nullable Object[] row(Planned plan, UUID endpoint, Instant now) {
    return Database.values(
        ids.next(),
        endpoint,
        plan.address().owner(),
        plan.task(),
        plan.type(),
        plan.body(),
        now,
        now);
  }

  /// Waits until something was added in this process, at most so long.
  void awaitNews(Duration atMost) throws InterruptedException {
    if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  void wake() {
    news.release();
  }

  /// Takes at most `limit` due deliveries.
  ///
  /// @param busy endpoints that get nothing now
  /// @param held what this process holds already, whatever the clock says about its lease
  List<Delivery> take(
      Collection<UUID> busy, Collection<Long> held, int share, int limit, Duration lease) {
    Instant now = clock.instant();
    return database.query(
        TAKE,
        row -> delivery(row, now),
        now,
        new Uuids(busy),
        new Longs(held),
        share,
        now,
        limit,
        now.plus(lease));
  }

  /// Writes down how attempts ended; in one transaction of the caller.
  void settle(List<Outcome> outcomes) {
    Instant now = clock.instant();
    database.batch(LOG, outcomes.stream().map(WebhookQueue::logRow).toList());
    database.batch(SETTLE, outcomes.stream().map(outcome -> settleRow(outcome, now)).toList());
    endpoints.work(endpointsOf(outcomes, true));
    List<UUID> gone =
        outcomes.stream()
            .filter(Outcome::gone)
            .map(o -> o.delivery().endpoint())
            .distinct()
            .toList();
    endpoints.disableGone(gone);
    List<UUID> disabled = new ArrayList<>(endpoints.fail(endpointsOf(outcomes, false)));
    disabled.addAll(gone);
    if (!disabled.isEmpty()) {
      database.update(DISCARD, now, new Uuids(disabled));
    }
  }

  /// Throws when nothing at all can be written now.
  void check() {
    database.update(NOTHING);
  }

  private static List<UUID> endpointsOf(List<Outcome> outcomes, boolean delivered) {
    return outcomes.stream()
        .filter(outcome -> outcome.delivered() == delivered)
        .map(outcome -> outcome.delivery().endpoint())
        .distinct()
        .sorted()
        .toList();
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

  private static Delivery delivery(ResultSet row, Instant now) throws SQLException {
    Instant previousUntil = Database.instant(row, "previous_until");
    boolean previousValid = previousUntil != null && now.isBefore(previousUntil);
    return new Delivery(
        row.getLong("position"),
        Database.requiredUuid(row, "id"),
        Database.requiredUuid(row, "endpoint"),
        row.getString("owner"),
        row.getString("url"),
        row.getString("body"),
        row.getInt("attempts"),
        row.getString("webhook_secret"),
        row.getString("secret"),
        previousValid ? row.getString("previous") : null);
  }
}
