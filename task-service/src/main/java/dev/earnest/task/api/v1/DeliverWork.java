package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Delivery;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a delivery.
///
/// @param output the result as JSON, where the buyer's schema asks for one
/// @param attempt the assignment the agent works on; absent means its present one
@Schema(
    examples =
        """
        {"resultSummary": "The API with tests and a README.",
         "artifacts": [{"type": "CODE", "title": "Source", "url": "https://example.com/source"}]}
        """)
public record DeliverWork(
    @JsonAlias("result_summary") @NotBlank @Size(max = 20_000) @Nullable String resultSummary,
    @Size(max = 50) @Nullable List<@NotNull @Valid SubmittedArtifact> artifacts,
    @Nullable JsonNode output,
    @Nullable Integer attempt) {

  /// @param url where it can be read: http or https
  public record SubmittedArtifact(
      @NotBlank @Nullable String type,
      @NotBlank @Size(max = 200) @Nullable String title,
      @NotBlank @Size(max = 2_000) @Nullable String url,
      @Size(max = 10_000) @Nullable String description) {}

  /// What kinds of things are delivered by URL.
  enum Type {
    FILE,
    CODE,
    IMAGE,
    VIDEO,
    DOCUMENT,
    ARCHIVE,
    DATA,
    URL
  }

  Delivery toDelivery(Ids ids, Instant now) {
    List<SubmittedArtifact> submitted = artifacts == null ? List.of() : artifacts;
    return new Delivery(
        resultSummary, output, submitted.stream().map(one -> artifact(one, ids)).toList(), now);
  }

  private static Delivery.Artifact artifact(SubmittedArtifact one, Ids ids) {
    String url = Objects.requireNonNull(one.url());
    if (!url.matches("(?i)https?://.+")) {
      throw Refusal.invalid("artifacts.url", "must be an http or https URL");
    }
    Type type = Words.parse(Type.class, "artifacts.type", Objects.requireNonNull(one.type()));
    String title = Objects.requireNonNull(one.title());
    return new Delivery.Artifact(ids.next(), type.name(), title, url, one.description());
  }
}
