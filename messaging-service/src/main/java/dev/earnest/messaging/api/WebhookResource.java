package dev.earnest.messaging.api;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.WebhookDeliveryResource.DeliveryAnswer;
import dev.earnest.messaging.api.WebhookViews.DeliveryView;
import dev.earnest.messaging.api.WebhookViews.WebhookView;
import dev.earnest.messaging.domain.Webhook;
import dev.earnest.messaging.domain.WebhookEvents;
import dev.earnest.messaging.domain.WebhookKind;
import dev.earnest.messaging.domain.WebhookLog;
import dev.earnest.messaging.domain.Webhooks;
import dev.earnest.messaging.domain.Webhooks.WithSecret;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// An account's webhooks. Whoever is signed in has their own; others' do not exist for them.
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WEBHOOKS_WRITE, wholeAccount = true)
public class WebhookResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final String LIST = "webhooks/";

  private final CurrentCaller caller;
  private final Webhooks webhooks;
  private final WebhookLog log;
  private final WebhookUrls urls;
  private final Cursors cursors;

  WebhookResource(
      CurrentCaller caller, Webhooks webhooks, WebhookLog log, WebhookUrls urls, Cursors cursors) {
    this.caller = caller;
    this.webhooks = webhooks;
    this.log = log;
    this.urls = urls;
    this.cursors = cursors;
  }

  /// @param events types, or `task.*`, `payment.*`, `message.*`; absent or empty is all
  public record NewWebhook(@Nullable String url, @Nullable List<@Nullable String> events) {}

  /// What is absent stays as it is. `enabled: true` gives a disabled one another chance.
  public record WebhookChange(
      @Nullable String url, @Nullable List<@Nullable String> events, @Nullable Boolean enabled) {}

  public record WebhookAnswer(boolean success, WebhookView webhook) {}

  /// @param secret `whsec_…`, shown this once
  public record SecretAnswer(boolean success, WebhookView webhook, String secret) {
    static SecretAnswer of(WithSecret made) {
      return new SecretAnswer(true, WebhookView.of(made.webhook(), made.secret()), made.secret());
    }
  }

  public record WebhooksAnswer(
      boolean success, List<WebhookView> webhooks, @Nullable String nextCursor) {}

  public record Done(boolean success) {}

  /// Subscribes → 201 `{success, webhook {id, url, events, enabled …}, secret}`. 400 for an unknown
  /// type; 409 `too_many_webhooks`; 422 `webhook_url_forbidden`.
  @POST
  @APIResponseSchema(value = SecretAnswer.class, responseCode = "201")
  public RestResponse<SecretAnswer> create(@NotNull NewWebhook asked) {
    if (asked.url() == null || asked.url().isBlank()) {
      throw Refusal.invalid("url", "must be given");
    }
    List<String> events = WebhookEvents.parse(asked.events());
    WithSecret made = webhooks.create(caller.get().account(), urls.check(asked.url()), events);
    return RestResponse.status(RestResponse.Status.CREATED, SecretAnswer.of(made));
  }

  /// The caller's subscriptions, newest first; with `kind=callback` or `kind=agent` the addresses
  /// that the caller's tasks or agents named. 400 `bad_cursor`.
  @GET
  public WebhooksAnswer list(
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String owner = caller.get().account();
    WebhookKind wanted = Words.parse(WebhookKind.class, "kind", kind, WebhookKind.SUBSCRIPTION);
    String list = LIST + wanted + "/" + owner;
    UUID before = cursors.decode(list, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    List<Webhook> found = webhooks.page(owner, wanted, before, most + 1);
    boolean more = found.size() > most;
    List<Webhook> page = more ? found.subList(0, most) : found;
    String next = more ? cursors.encode(list, page.getLast().id()) : null;
    return new WebhooksAnswer(true, page.stream().map(WebhookView::of).toList(), next);
  }

  /// One of any kind. 404.
  @GET
  @Path("/{id}")
  public WebhookAnswer get(@PathParam("id") String id) {
    return answer(webhooks.get(caller.get().account(), parse(id)));
  }

  /// Changes a subscription, and enables or disables any kind. 400; 404; 409 `not_a_subscription`
  /// where a task or an agent names the address; 422 `webhook_url_forbidden`.
  @PATCH
  @Path("/{id}")
  public WebhookAnswer change(@PathParam("id") String id, @NotNull WebhookChange asked) {
    String url = asked.url() == null ? null : urls.check(asked.url());
    List<String> events = asked.events() == null ? null : WebhookEvents.parse(asked.events());
    Webhook.Change change = new Webhook.Change(url, events, asked.enabled());
    return answer(webhooks.change(caller.get().account(), parse(id), change));
  }

  /// Ends a subscription; the log of its deliveries stays. 404; 409 `not_a_subscription`.
  @DELETE
  @Path("/{id}")
  public Done delete(@PathParam("id") String id) {
    webhooks.delete(caller.get().account(), parse(id));
    return new Done(true);
  }

  /// A new secret. For 24 hours every webhook carries two signatures, one by it and one by the
  /// secret before. 404; 409 `not_a_subscription` for an agent's address.
  @POST
  @Path("/{id}/rotate-secret")
  public SecretAnswer rotate(@PathParam("id") String id) {
    return SecretAnswer.of(webhooks.rotate(caller.get().account(), parse(id)));
  }

  /// Sends `webhook.test` → 202 `{success, delivery}`; what became of it is in the log of
  /// deliveries. 404; 409 `webhook_disabled`.
  @POST
  @Path("/{id}/test")
  @APIResponseSchema(value = DeliveryAnswer.class, responseCode = "202")
  public RestResponse<DeliveryAnswer> test(@PathParam("id") String id) {
    String owner = caller.get().account();
    UUID delivery = webhooks.test(owner, parse(id));
    DeliveryView sent = DeliveryView.of(log.get(owner, delivery));
    return RestResponse.status(RestResponse.Status.ACCEPTED, new DeliveryAnswer(true, sent));
  }

  private static WebhookAnswer answer(Webhook webhook) {
    return new WebhookAnswer(true, WebhookView.of(webhook));
  }

  private static UUID parse(String id) {
    return Ids.parse(id, "webhook");
  }
}
