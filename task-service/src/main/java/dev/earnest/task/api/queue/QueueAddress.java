package dev.earnest.task.api.queue;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;

/// Where a client finds a task again: on the host that it called and in the family of paths that it
/// used. Gateways pass the host on as it was asked for, and say by which scheme.
@ApplicationScoped
class QueueAddress {
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
  private static final String HTTPS = "https";

  private final RoutingContext current;

  QueueAddress(RoutingContext current) {
    this.current = current;
  }

  String of(UUID agentId, UUID taskId) {
    HttpServerRequest request = current.request();
    boolean versioned = request.path().startsWith("/api/v1/");
    return origin(request)
        + (versioned ? "/api/v1/agents/" + agentId + "/tasks/" : "/agent/" + agentId + "/task/")
        + taskId;
  }

  private static String origin(HttpServerRequest request) {
    boolean secure = HTTPS.equalsIgnoreCase(request.getHeader(FORWARDED_PROTO)) || request.isSSL();
    HostAndPort host = Objects.requireNonNull(request.authority());
    return (secure ? HTTPS : "http") + "://" + host;
  }
}
