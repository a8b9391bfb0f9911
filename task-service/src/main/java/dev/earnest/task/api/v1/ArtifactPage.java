package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earnest.task.domain.ArtifactInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of artifacts, oldest first.
///
/// @param nextCursor asks for the next page; null on the last one
public record ArtifactPage(
    boolean success, List<ArtifactView> artifacts, @Nullable String nextCursor) {

  /// An artifact without its content.
  ///
  /// @param size bytes; null, as media_type, for what was delivered by its address
  /// @param attempt in which it was handed over
  public record ArtifactView(
      UUID id,
      @JsonProperty("artifact_type") String type,
      String name,
      @Nullable String description,
      @JsonProperty("media_type") @Nullable String mediaType,
      @Nullable Integer size,
      int attempt,
      @JsonProperty("download_url") String downloadUrl,
      Instant createdAt) {

    static ArtifactView of(ArtifactInfo artifact) {
      return new ArtifactView(
          artifact.id(),
          artifact.type(),
          artifact.name(),
          artifact.description(),
          artifact.mediaType(),
          artifact.size(),
          artifact.attempt(),
          artifact.downloadUrl(),
          artifact.createdAt());
    }
  }
}
