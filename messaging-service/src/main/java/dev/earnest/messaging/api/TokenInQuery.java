package dev.earnest.messaging.api;

import dev.earnest.messaging.domain.StreamTickets;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/// A browser's EventSource cannot set headers, so streams take a ticket or the bearer token as
/// `?token=` too. A bearer token moves into the Authorization header before anybody looks, and is
/// verified like any other.
@ApplicationScoped
class TokenInQuery {
  /// Where a request's ticket is put.
  static final String TICKET = "earnest.stream-ticket";

  /// Before authentication, whose priority is 200.
  private static final int BEFORE_AUTHENTICATION = 1_000;

  private static final Pattern STREAM =
      Pattern.compile(
          "/api/v1/(?:(?:tasks|dashboard/messages|agents)/[0-9A-Za-z-]{1,64}|notifications)/stream");
  private static final String PARAMETER = "token";

  void register(@Observes Filters filters) {
    filters.register(TokenInQuery::move, BEFORE_AUTHENTICATION);
  }

  static boolean isStream(String path) {
    return STREAM.matcher(path).matches();
  }

  private static void move(RoutingContext request) {
    if (request.request().query() != null && isStream(request.normalizedPath())) {
      String token = request.queryParams().get(PARAMETER);
      if (token != null && !request.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
        if (token.startsWith(StreamTickets.PREFIX)) {
          request.put(TICKET, token);
        } else {
          request.request().headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
      }
    }
    request.next();
  }
}
