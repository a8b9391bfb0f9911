package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.NewArtifact;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a submission of artifacts.
///
/// @param artifacts 1..50
/// @param attempt the assignment the agent works on; absent means its present one
@Schema(
    examples =
        """
        {"artifacts":
          [{"artifact_type": "code_block", "name": "main.js", "content": "console.log(1)"}]}
        """)
public record SubmitArtifacts(
    @NotEmpty @Size(max = 50) @Nullable List<@NotNull @Valid SubmittedArtifact> artifacts,
    @Nullable Integer attempt) {

  /// @param artifactType code_block, markdown, html, file, diff, image, json, link or text
  /// @param content text, or with encoding base64 the bytes; a link's is its address
  /// @param encoding utf-8 (default) or base64
  /// @param mediaType what the content is served as; the type's own if absent
  public record SubmittedArtifact(
      @JsonAlias({"artifact_type", "type"}) @NotBlank @Nullable String artifactType,
      @JsonAlias("title") @NotBlank @Size(max = 200) @Nullable String name,
      @NotNull @Nullable String content,
      @Size(max = 10_000) @Nullable String description,
      @Nullable String encoding,
      @JsonAlias({"media_type", "mimeType", "mime_type"})
          @Size(max = 100)
          @Pattern(regexp = "[\\w.+-]+/[\\w.+-]+", message = "must be a media type")
          @Nullable String mediaType) {

    NewArtifact toNewArtifact() {
      Type kind =
          Words.parse(Type.class, "artifacts.artifact_type", Objects.requireNonNull(artifactType));
      return new NewArtifact(
          kind.name().toLowerCase(Locale.ROOT),
          Objects.requireNonNull(name),
          description,
          mediaType == null ? kind.mediaType : mediaType,
          bytes());
    }

    private byte[] bytes() {
      String text = Objects.requireNonNull(content);
      return switch (Words.parse(
          Encoding.class, "artifacts.encoding", word(encoding), Encoding.UTF_8)) {
        case UTF_8 -> text.getBytes(StandardCharsets.UTF_8);
        case BASE64 -> decoded(text);
      };
    }

    private static @Nullable String word(@Nullable String encoding) {
      return encoding == null ? null : encoding.replace('-', '_');
    }

    private static byte[] decoded(String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException _) {
        throw Refusal.invalid("artifacts.content", "is not Base64");
      }
    }
  }

  enum Encoding {
    UTF_8,
    BASE64
  }

  /// What kinds of things are handed over with their content.
  enum Type {
    CODE_BLOCK("text/plain;charset=UTF-8"),
    MARKDOWN("text/markdown;charset=UTF-8"),
    HTML("text/html;charset=UTF-8"),
    FILE("application/octet-stream"),
    DIFF("text/x-diff;charset=UTF-8"),
    IMAGE("application/octet-stream"),
    JSON("application/json"),
    LINK("text/uri-list;charset=UTF-8"),
    TEXT("text/plain;charset=UTF-8");

    final String mediaType;

    Type(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  List<NewArtifact> toNewArtifacts() {
    return Objects.requireNonNull(artifacts).stream()
        .map(SubmittedArtifact::toNewArtifact)
        .toList();
  }
}
