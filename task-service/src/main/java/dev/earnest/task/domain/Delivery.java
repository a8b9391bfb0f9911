package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an agent submitted: a summary, an output as any JSON, and artifacts.
@RegisterForReflection
public record Delivery(
    @Nullable String resultSummary,
    @Nullable JsonNode output,
    List<Artifact> artifacts,
    Instant deliveredAt) {

  /// @param type what kind of thing it is, such as CODE
  @RegisterForReflection
  public record Artifact(
      UUID id, String type, String title, @Nullable String url, @Nullable String description) {}
}
