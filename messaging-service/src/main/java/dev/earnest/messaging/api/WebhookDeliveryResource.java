package dev.earnest.messaging.api;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.api.WebhookViews.DeliveryView;
import dev.earnest.messaging.domain.WebhookLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
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

/// What became of an account's webhooks: of those it subscribed to, of its tasks' callback URLs and
/// of its agents' addresses.
@Path("/api/v1/webhooks/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
@RunOnVirtualThread
@Idempotent
@RequiresScope(value = Scope.WEBHOOKS_WRITE, wholeAccount = true)
public class WebhookDeliveryResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final String LIST = "webhook-deliveries/";

  private final CurrentCaller caller;
  private final WebhookLog log;
  private final Cursors cursors;

  WebhookDeliveryResource(CurrentCaller caller, WebhookLog log, Cursors cursors) {
    this.caller = caller;
    this.log = log;
    this.cursors = cursors;
  }

  /// A page of deliveries, newest first.
  public record DeliveriesAnswer(
      boolean success, List<DeliveryView> deliveries, @Nullable String nextCursor) {}

  public record DeliveryAnswer(boolean success, DeliveryView delivery) {}

  /// What was sent to the caller's addresses, with every attempt; of one webhook or one task where
  /// that is asked. 400 `bad_cursor`.
  @GET
  public DeliveriesAnswer deliveries(
      @QueryParam("webhookId") @Nullable String webhook,
      @QueryParam("taskId") @Nullable String task,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String owner = caller.get().account();
    UUID before = cursors.decode(LIST + owner, cursor);
    int most = Cursors.limit(limit, DEFAULT_LIMIT);
    WebhookLog.Filter filter = new WebhookLog.Filter(id("webhookId", webhook), id("taskId", task));
    return page(owner, log.page(owner, filter, before, most + 1), most);
  }

  /// One delivery with its attempts and its `payload`. 404.
  @GET
  @Path("/{id}")
  public DeliveryAnswer delivery(@PathParam("id") String id) {
    UUID delivery = Ids.parse(id, "delivery");
    return new DeliveryAnswer(
        true, DeliveryView.withPayload(log.get(caller.get().account(), delivery)));
  }

  /// Sends it once more, whatever became of it, under the same `webhook-id` → 202. 404; 409
  /// `webhook_disabled`.
  @POST
  @Path("/{id}/replay")
  @APIResponseSchema(value = DeliveryAnswer.class, responseCode = "202")
  public RestResponse<DeliveryAnswer> replay(@PathParam("id") String id) {
    UUID delivery = Ids.parse(id, "delivery");
    DeliveryView again = DeliveryView.of(log.replay(caller.get().account(), delivery));
    return RestResponse.status(RestResponse.Status.ACCEPTED, new DeliveryAnswer(true, again));
  }

  private DeliveriesAnswer page(String owner, List<WebhookLog.Logged> found, int limit) {
    boolean more = found.size() > limit;
    List<WebhookLog.Logged> page = more ? found.subList(0, limit) : found;
    String next = more ? cursors.encode(LIST + owner, page.getLast().id()) : null;
    return new DeliveriesAnswer(true, page.stream().map(DeliveryView::of).toList(), next);
  }

  private static @Nullable UUID id(String field, @Nullable String text) {
    return text == null ? null : Ids.parseField(field, text);
  }
}
