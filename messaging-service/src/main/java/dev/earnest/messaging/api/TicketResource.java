package dev.earnest.messaging.api;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.messaging.domain.StreamTickets;
import dev.earnest.messaging.domain.StreamTickets.Holder;
import dev.earnest.messaging.domain.StreamTickets.Ticket;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Tickets for streams: a browser's EventSource cannot set headers, and what stands in an address may
/// be kept by who sees it, so that it should not be a bearer token.
@Path("/api/v1/stream-tickets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_READ)
public class TicketResource {
  private final StreamCaller caller;
  private final StreamTickets tickets;

  TicketResource(StreamCaller caller, StreamTickets tickets) {
    this.caller = caller;
    this.tickets = tickets;
  }

  /// @param path of a stream, without host and query
  public record TicketRequest(@Nullable String path) {}

  public record TicketAnswer(boolean success, String ticket, Instant expiresAt) {}

  /// A ticket that opens the stream at `path?token=…` once within 60 seconds, and again for a reader
  /// that comes back with a `Last-Event-ID` within ten minutes. Whether the caller may read the
  /// stream is asked when it is opened.
  ///
  /// 201; 400 when the path is none of a stream.
  @POST
  @APIResponseSchema(value = TicketAnswer.class, responseCode = "201")
  public RestResponse<TicketAnswer> issue(@NotNull TicketRequest body) {
    String path = body.path();
    if (path == null || !TokenInQuery.isStream(path)) {
      throw Refusal.invalid(
          "path", "must be the path of a stream, such as /api/v1/tasks/ID/stream");
    }
    StreamCaller.Who who = caller.bearer();
    Ticket ticket = tickets.issue(new Holder(who.caller(), who.until()), path);
    return RestResponse.status(
        RestResponse.Status.CREATED, new TicketAnswer(true, ticket.ticket(), ticket.expiresAt()));
  }
}
