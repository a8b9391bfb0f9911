package dev.earnest.messaging.api;

import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.messaging.domain.SigningSecrets;
import dev.earnest.messaging.domain.WebhookLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account's webhooks: what signs them and what became of them.
@Path("/api/v1/webhooks")
@RunOnVirtualThread
public class WebhookResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final String DELIVERIES = "webhook-deliveries/";

  private final CurrentCaller caller;
  private final SigningSecrets secrets;
  private final WebhookLog log;
  private final Cursors cursors;

  WebhookResource(CurrentCaller caller, SigningSecrets secrets, WebhookLog log, Cursors cursors) {
    this.caller = caller;
    this.secrets = secrets;
    this.log = log;
    this.cursors = cursors;
  }

  public record SecretAnswer(boolean success, String secret) {}

  /// A page of deliveries, newest first.
  public record DeliveriesAnswer(
      boolean success, List<DeliveryView> deliveries, @Nullable String nextCursor) {}

  /// One delivery; its id is the `webhook-id` that the receiver saw. `state` is PENDING, DELIVERED,
  /// FAILED (given up) or DISCARDED (its address was disabled).
  public record DeliveryView(
      UUID id,
      String type,
      UUID taskId,
      String url,
      String state,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant settledAt,
      List<AttemptView> attempts) {
    static DeliveryView of(WebhookLog.Logged logged) {
      return new DeliveryView(
          logged.id(),
          logged.type(),
          logged.task(),
          logged.url(),
          logged.state(),
          logged.createdAt(),
          logged.nextAttemptAt(),
          logged.settledAt(),
          logged.attempts().stream().map(AttemptView::of).toList());
    }
  }

  /// One attempt: what was answered (null: nothing), and why it did not count (null: it did).
  public record AttemptView(
      Instant at, long durationMillis, @Nullable Integer statusCode, @Nullable String error) {
    static AttemptView of(WebhookLog.Attempt attempt) {
      return new AttemptView(attempt.at(), attempt.millis(), attempt.statusCode(), attempt.error());
    }
  }

  /// The secret that signs what goes to the callback URLs of the caller's tasks (`whsec_…`, Standard
  /// Webhooks). It is made when it is first asked for or needed, and may be read again.
  @GET
  @Path("/signing-secret")
  public SecretAnswer signingSecret() {
    return new SecretAnswer(true, secrets.of(caller.get().account()));
  }

  /// What was sent to the caller's addresses, with every attempt. 400 `bad_cursor`.
  @GET
  @Path("/deliveries")
  public DeliveriesAnswer deliveries(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    String owner = caller.get().account();
    UUID before = cursors.decode(DELIVERIES + owner, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    return page(owner, log.page(owner, before, most + 1), most);
  }

  private DeliveriesAnswer page(String owner, List<WebhookLog.Logged> found, int limit) {
    boolean more = found.size() > limit;
    List<WebhookLog.Logged> page = more ? found.subList(0, limit) : found;
    String next = more ? cursors.encode(DELIVERIES + owner, page.getLast().id()) : null;
    return new DeliveriesAnswer(true, page.stream().map(DeliveryView::of).toList(), next);
  }
}
