package dev.earnest.messaging.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an account is told, as answers and streams show it.
///
/// @param type what it follows from, such as `task.delivered`
/// @param title a sentence to show
@RegisterForReflection
public record Notification(
    UUID id,
    Category category,
    String type,
    String title,
    @Nullable UUID taskId,
    boolean read,
    Instant createdAt) {

  /// What it is about.
  public enum Category {
    TASK,
    PAYMENT,
    DISPUTE,
    MESSAGE;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Where an account is told.
  public enum Way {
    FEED,
    WEBHOOK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is to be told to an account, if it wants to know.
  public record Draft(
      String account, Category category, String type, String title, @Nullable UUID task) {}
}
