package dev.earnest.kit.limit;

import io.vertx.ext.web.RoutingContext;

/// What operators ask a replica: its health, its metrics, its documents. It always gets through.
final class Operations {
  private static final String PATHS = "/q/";

  private Operations() {}

  static boolean isOne(RoutingContext request) {
    return request.normalizedPath().startsWith(PATHS);
  }
}
