package dev.earnest.messaging.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What webhooks are told of something that happened to a task.
///
/// @param toCallback the type for the task's callback URL; null: it is not told
/// @param toAgent the type for the agent's own address; null: it is not told
/// @param toSubscribers the types for subscriptions
/// @param audience whose subscriptions
/// @param ofTask what the task shows beside its common fields
/// @param beside what stands beside the task
public record Announcement(
    @Nullable String toCallback,
    @Nullable String toAgent,
    List<String> toSubscribers,
    Audience audience,
    ObjectNode ofTask,
    ObjectNode beside) {

  /// Whose subscriptions are told.
  public sealed interface Audience {
    /// All who may see the task, and these accounts, which may be known before the task is.
    record Everybody(List<String> also) implements Audience {}

    /// Only these.
    record Only(List<String> accounts) implements Audience {}
  }

  public static Audience everybody() {
    return new Audience.Everybody(List.of());
  }

  /// One type for everybody that may see the task.
  public static Announcement toAll(String type, ObjectNode ofTask) {
    return new Announcement(type, type, List.of(type), everybody(), ofTask, none());
  }

  /// Nothing for the callback URL, which is told of a task's turns only.
  public static Announcement notToCallback(String type, boolean toAgent, ObjectNode ofTask) {
    return new Announcement(
        null, toAgent ? type : null, List.of(type), everybody(), ofTask, none());
  }

  /// Something that is not the task itself, under a name of its own.
  public static Announcement beside(
      String type, boolean toAgent, Audience audience, String name, JsonNode what) {
    ObjectNode beside = none();
    beside.set(name, what);
    return new Announcement(null, toAgent ? type : null, List.of(type), audience, none(), beside);
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// With more of the task in it.
  Announcement with(ObjectNode more) {
    ObjectNode whole = more.deepCopy();
    whole.setAll(ofTask);
    return new Announcement(toCallback, toAgent, toSubscribers, audience, whole, beside);
  }
}
