package dev.earnest.messaging.domain;

import dev.earnest.kit.event.AfterCommit;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Secrets;
import dev.earnest.messaging.domain.Database.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an account does with its webhooks: subscriptions are made, changed and deleted; those that
/// its tasks and agents named can be seen, tested, disabled and enabled again.
@ApplicationScoped
public class Webhooks {
  /// More than anybody needs; each event is written once for each.
  private static final int MOST = 50;

  /// So long the secret before is still valid.
  static final Duration OVERLAP = Duration.ofHours(24);

  private static final UUID END = new UUID(-1, -1);

  private static final String CREATE =
      """
      INSERT INTO webhook_endpoints (id, kind, owner, url, address, events, secret, created_at)
      SELECT ?, 'SUBSCRIPTION', ?, ?, ?, ?, ?, ? WHERE ? > (
        SELECT count(*) FROM webhook_endpoints
        WHERE owner = ? AND kind = 'SUBSCRIPTION' AND deleted_at IS NULL)
      """;

  private static final String FIND =
      "SELECT %s FROM webhook_endpoints WHERE id = ? AND owner = ? AND deleted_at IS NULL"
          .formatted(Webhook.COLUMNS);

  private static final String PAGE =
      """
      SELECT %s FROM webhook_endpoints
      WHERE owner = ? AND kind = ? AND deleted_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?
      """
          .formatted(Webhook.COLUMNS);

  private static final String CHANGE =
      "UPDATE webhook_endpoints SET url = ?, events = ? WHERE id = ?";

  /// Another address, or another chance: what is known of its health is of no use any more.
  private static final String AFRESH =
      """
      UPDATE webhook_endpoints SET proven = false, failures = 0, failed_at = NULL,
        failing_since = NULL, open_until = NULL WHERE id = ?
      """;

  private static final String ENABLE =
      "UPDATE webhook_endpoints SET disabled_at = NULL, disabled_reason = NULL WHERE id = ?";

  private static final String DISABLE =
      "UPDATE webhook_endpoints SET disabled_at = ?, disabled_reason = 'owner'"
          + " WHERE id = ? AND disabled_at IS NULL";

  private static final String DELETE =
      """
      UPDATE webhook_endpoints SET deleted_at = ?, disabled_at = coalesce(disabled_at, ?),
        secret = NULL, previous = NULL WHERE id = ?
      """;

  private static final String ROTATE =
      """
      UPDATE webhook_endpoints SET previous = secret, previous_until = ?, secret = ? WHERE id = ?
      """;

  private final Database database;
  private final WebhookQueue queue;
  private final WebhookNews news;
  private final SigningSecrets signingSecrets;
  private final Secrets secrets;
  private final Ids ids;
  private final InstantSource clock;
  private final AfterCommit afterCommit;

  Webhooks(
      Database database,
      WebhookQueue queue,
      WebhookNews news,
      SigningSecrets signingSecrets,
      Secrets secrets,
      Ids ids,
      InstantSource clock,
      AfterCommit afterCommit) {
    this.database = database;
    this.queue = queue;
    this.news = news;
    this.signingSecrets = signingSecrets;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
    this.afterCommit = afterCommit;
  }

  /// A webhook and its secret in clear, which is shown once.
  public record WithSecret(Webhook webhook, String secret) {}

  /// @throws Refusal 409 `too_many_webhooks`
  @Transactional
  public WithSecret create(String owner, String url, List<String> events) {
    UUID id = ids.next();
    String secret = SigningSecrets.random();
    int made =
        database.update(
            CREATE,
            id,
            owner,
            url,
            WebhookKind.SUBSCRIPTION + ":" + id,
            new Texts(events),
            secrets.seal(secret),
            clock.instant(),
            MOST,
            owner);
    if (made == 0) {
      throw Refusal.conflict(
          "too_many_webhooks", "There are " + MOST + " webhooks, which is the most there may be.");
    }
    return new WithSecret(get(owner, id), secret);
  }

  /// @throws Refusal 404
  public Webhook get(String owner, UUID id) {
    return database.query(FIND, Webhook::map, id, owner).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("webhook"));
  }

  /// At most `limit` before one, newest first.
  public List<Webhook> page(String owner, WebhookKind kind, @Nullable UUID before, int limit) {
    return database.query(
        PAGE, Webhook::map, owner, kind.name(), before == null ? END : before, limit);
  }

  /// Enabling gives it another chance, also after it was gone or failing. What waited for one that
  /// is disabled is discarded.
  ///
  /// @throws Refusal 404; 409 `not_a_subscription` for the address of a task or agent, which is
  ///     changed there
  @Transactional
  public Webhook change(String owner, UUID id, Webhook.Change change) {
    Webhook known = change.ofSubscription() ? subscription(owner, id) : get(owner, id);
    if (change.ofSubscription()) {
      String url = Objects.requireNonNullElse(change.url(), known.url());
      List<String> events = Objects.requireNonNullElse(change.events(), known.events());
      database.update(CHANGE, url, new Texts(events), id);
      if (!url.equals(known.url())) {
        database.update(AFRESH, id);
      }
    }
    if (Boolean.TRUE.equals(change.enabled())) {
      database.update(AFRESH, id);
      database.update(ENABLE, id);
    } else if (Boolean.FALSE.equals(change.enabled())) {
      database.update(DISABLE, clock.instant(), id);
      queue.discard(List.of(id));
    }
    afterCommit.run(() -> news.tell(List.of(id)));
    return get(owner, id);
  }

  /// The log of its deliveries stays.
  ///
  /// @throws Refusal 404; 409 `not_a_subscription`
  @Transactional
  public void delete(String owner, UUID id) {
    subscription(owner, id);
    Instant now = clock.instant();
    database.update(DELETE, now, now, id);
    queue.discard(List.of(id));
  }

  /// A new secret; for 24 hours the one before is valid too. A callback URL is signed with its
  /// owner's signing secret, so that one is changed.
  ///
  /// @throws Refusal 404; 409 `not_a_subscription` for an agent's address, whose secret is the agent's
  @Transactional
  public WithSecret rotate(String owner, UUID id) {
    Webhook webhook = get(owner, id);
    if (webhook.kind() == WebhookKind.CALLBACK) {
      return new WithSecret(webhook, signingSecrets.rotate(owner));
    }
    subscription(owner, id);
    String secret = SigningSecrets.random();
    database.update(ROTATE, clock.instant().plus(OVERLAP), secrets.seal(secret), id);
    return new WithSecret(webhook, secret);
  }

  /// Sends `webhook.test`, at once whatever its circuit breaker says; returns the delivery's id.
  ///
  /// @throws Refusal 404; 409 `webhook_disabled`
  @Transactional
  public UUID test(String owner, UUID id) {
    Webhook webhook = get(owner, id);
    if (!webhook.enabled()) {
      throw disabled();
    }
    return queue.addTest(owner, id);
  }

  static Refusal disabled() {
    return Refusal.conflict(
        "webhook_disabled",
        "The webhook is disabled: enable it first (PATCH {\"enabled\": true}).");
  }

  private Webhook subscription(String owner, UUID id) {
    Webhook webhook = get(owner, id);
    if (webhook.kind() != WebhookKind.SUBSCRIPTION) {
      throw Refusal.conflict(
          "not_a_subscription", "It is the address that a task or an agent names.");
    }
    return webhook;
  }
}
