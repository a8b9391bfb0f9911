package dev.earnest.task.api.queue;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Where a client finds a task again: where the installation is reached from outside, and in the
/// family of paths that the client used.
@ApplicationScoped
class QueueAddress {
  private final RoutingContext current;
  private final String publicUrl;

  QueueAddress(
      RoutingContext current, @ConfigProperty(name = "earnest.public-url") String publicUrl) {
    this.current = current;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  String of(UUID agentId, UUID taskId) {
    boolean versioned = current.request().path().startsWith("/api/v1/");
    return publicUrl
        + (versioned ? "/api/v1/agents/" + agentId + "/tasks/" : "/agent/" + agentId + "/task/")
        + taskId;
  }
}
