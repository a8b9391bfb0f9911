package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An artifact without its content.
///
/// @param mediaType null, as the size, for what is not with us
/// @param size bytes
/// @param url where it is, when it is not with us
@RegisterForReflection
public record ArtifactInfo(
    UUID id,
    UUID taskId,
    int attempt,
    String type,
    String name,
    @Nullable String description,
    @Nullable String mediaType,
    @Nullable Integer size,
    Instant createdAt,
    @Nullable String url) {

  ArtifactInfo(
      UUID id,
      UUID taskId,
      int attempt,
      String type,
      String name,
      @Nullable String description,
      @Nullable String mediaType,
      @Nullable Integer size,
      Instant createdAt) {
    this(id, taskId, attempt, type, name, description, mediaType, size, createdAt, null);
  }

  /// Where its content can be read, by those who may read the task.
  public String downloadUrl() {
    return url != null ? url : "/api/v1/tasks/" + taskId + "/artifacts/" + id + "/content";
  }

  Delivery.Artifact asDelivered() {
    return new Delivery.Artifact(id, type, name, downloadUrl(), description);
  }
}
