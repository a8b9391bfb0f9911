package dev.earnest.messaging.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.earnest.kit.problem.Words;
import dev.earnest.messaging.domain.Webhook;
import dev.earnest.messaging.domain.WebhookLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Webhooks as their owners see them.
final class WebhookViews {
  private WebhookViews() {}

  /// An address. `kind` is subscription, callback or agent; `disabledReason` is gone, failing or
  /// owner; `pausedUntil` is set while nothing is sent because it failed too often or asked for it.
  /// The secret is there only in the answer that made it.
  public record WebhookView(
      UUID id,
      String kind,
      String url,
      List<String> events,
      @Nullable UUID agentId,
      boolean enabled,
      @Nullable String disabledReason,
      @Nullable Instant disabledAt,
      @Nullable Instant failingSince,
      @Nullable Instant pausedUntil,
      Instant createdAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    static WebhookView of(Webhook webhook) {
      return of(webhook, null);
    }

    static WebhookView of(Webhook webhook, @Nullable String secret) {
      return new WebhookView(
          webhook.id(),
          Words.lower(webhook.kind()),
          webhook.url(),
          webhook.events(),
          webhook.agent(),
          webhook.enabled(),
          webhook.disabledReason(),
          webhook.disabledAt(),
          webhook.failingSince(),
          webhook.pausedUntil(),
          webhook.createdAt(),
          secret);
    }
  }

  /// One delivery; its id is the `webhook-id` that the receiver saw. `state` is PENDING, DELIVERED,
  /// FAILED (given up) or DISCARDED (its address was disabled). `payload` is there only where one
  /// delivery is asked for.
  public record DeliveryView(
      UUID id,
      UUID webhookId,
      String type,
      @Nullable UUID taskId,
      String url,
      String state,
      Instant createdAt,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant settledAt,
      List<AttemptView> attempts,
      @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String payload) {
    static DeliveryView of(WebhookLog.Logged logged) {
      return of(logged, null);
    }

    static DeliveryView withPayload(WebhookLog.Logged logged) {
      return of(logged, logged.body());
    }

    private static DeliveryView of(WebhookLog.Logged logged, @Nullable String payload) {
      return new DeliveryView(
          logged.id(),
          logged.webhook(),
          logged.type(),
          logged.task(),
          logged.url(),
          logged.state(),
          logged.createdAt(),
          logged.nextAttemptAt(),
          logged.settledAt(),
          logged.attempts().stream().map(AttemptView::of).toList(),
          payload);
    }
  }

  /// One attempt: what was answered (null: nothing), and why it did not count (null: it did).
  public record AttemptView(
      Instant at, long durationMillis, @Nullable Integer statusCode, @Nullable String error) {
    static AttemptView of(WebhookLog.Attempt attempt) {
      return new AttemptView(attempt.at(), attempt.millis(), attempt.statusCode(), attempt.error());
    }
  }
}
