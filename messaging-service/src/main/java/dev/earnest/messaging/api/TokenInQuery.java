package dev.earnest.messaging.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/// A browser's EventSource cannot set headers, so streams take the bearer token as `?token=` too. It
/// moves into the Authorization header before anybody looks, and is verified like any other.
@ApplicationScoped
class TokenInQuery {
  /// Before authentication, whose priority is 200.
  private static final int BEFORE_AUTHENTICATION = 1_000;

  private static final Pattern STREAM = Pattern.compile("/api/v1/.+/stream");
  private static final String PARAMETER = "token";

  void register(@Observes Filters filters) {
    filters.register(TokenInQuery::move, BEFORE_AUTHENTICATION);
  }

  private static void move(RoutingContext request) {
    if (request.request().query() != null && STREAM.matcher(request.normalizedPath()).matches()) {
      String token = request.queryParams().get(PARAMETER);
      if (token != null && !request.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
        request.request().headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
      }
    }
    request.next();
  }
}
