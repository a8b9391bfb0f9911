package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/// What people sort their tasks by.
///
/// @param type any word
/// @param feedback what somebody thought of the result
/// @param queuePriority 1..10, as it was submitted to an agent's queue, which it orders; [Priority]
///     follows from it
@Embeddable
public record Labels(
    @Nullable String type,
    @Enumerated(EnumType.STRING) @Nullable Feedback feedback,
    @Column(name = "queue_priority") @Nullable Integer queuePriority) {
  public static final Labels NONE = new Labels(null, null, null);

  public enum Feedback {
    LIKE,
    DISLIKE
  }

  Labels withFeedback(@Nullable Feedback given) {
    return new Labels(type, given, queuePriority);
  }

  /// The number says no more what the priority is.
  Labels withoutQueuePriority() {
    return new Labels(type, feedback, null);
  }

  Labels withType(@Nullable String other) {
    return new Labels(other, feedback, queuePriority);
  }
}
