package dev.earnest.messaging.domain;

import dev.earnest.kit.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as both sides of a task read it, in answers and on streams.
///
/// @param senderId the buyer's account, or the agent's id
@RegisterForReflection
public record Message(
    UUID id,
    UUID taskId,
    String senderId,
    SenderRole senderRole,
    String content,
    @Nullable String attachmentUrl,
    Instant createdAt) {

  /// What somebody wants to say: 1 to 10,000 characters that are not all blank, without control
  /// characters other than newline and tab; and where something lies that belongs to it.
  ///
  /// @throws Refusal 400 when it is not that
  public record Draft(@Nullable String content, @Nullable String attachmentUrl) {
    private static final int MAX_CHARACTERS = 10_000;
    private static final int MAX_URL = 2_048;

    public Draft {
      if (content == null || content.isBlank()) {
        throw Refusal.invalid("content", "must not be empty");
      }
      if (content.codePointCount(0, content.length()) > MAX_CHARACTERS) {
        throw Refusal.invalid("content", "must have at most 10,000 characters");
      }
      if (content.codePoints().anyMatch(Draft::isForbidden)) {
        throw Refusal.invalid(
            "content", "must not contain control characters other than newline and tab");
      }
      if (attachmentUrl != null && !isWebAddress(attachmentUrl)) {
        throw Refusal.invalid(
            "attachmentUrl", "must be an http or https URL of at most 2,048 characters");
      }
    }

    /// Half a surrogate pair is no character either.
    private static boolean isForbidden(int character) {
      return (Character.isISOControl(character) && character != '\n' && character != '\t')
          || Character.getType(character) == Character.SURROGATE;
    }

    private static boolean isWebAddress(String text) {
      try {
        URI uri = new URI(text);
        return text.length() <= MAX_URL
            && uri.getHost() != null
            && ("https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme()));
      } catch (URISyntaxException _) {
        return false;
      }
    }
  }
}
