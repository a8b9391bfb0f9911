package dev.earnest.messaging.api;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.messaging.domain.StreamTickets;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who opens a stream: the holder of a ticket for it, or of a bearer token.
@ApplicationScoped
class StreamCaller {
  private final CurrentCaller caller;
  private final StreamTickets tickets;

  StreamCaller(CurrentCaller caller, StreamTickets tickets) {
    this.caller = caller;
    this.tickets = tickets;
  }

  /// @param until a stream lives no longer than the token that opened it
  record Who(Caller caller, Instant until) {}

  /// @param lastEventId of a reader that comes back
  ///
  /// @throws UnauthorizedException 401
  Who get(RoutingContext request, @Nullable String lastEventId) {
    @Nullable String ticket = request.get(TokenInQuery.TICKET);
    if (ticket == null) {
      return bearer();
    }
    return tickets
        .open(ticket, request.normalizedPath(), lastEventId != null)
        .map(holder -> new Who(holder.caller(), holder.tokenEnds()))
        .orElseThrow(() -> new UnauthorizedException("the ticket does not open this stream"));
  }

  Who bearer() {
    return new Who(caller.get(), caller.ends());
  }
}
