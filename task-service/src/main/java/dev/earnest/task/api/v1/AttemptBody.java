package dev.earnest.task.api.v1;

import org.jspecify.annotations.Nullable;

/// The body, if any, of what an agent does without further words.
///
/// @param attempt the assignment the agent works on; absent means its present one
public record AttemptBody(@Nullable Integer attempt) {
  static @Nullable Integer attempt(@Nullable AttemptBody body) {
    return body == null ? null : body.attempt();
  }
}
