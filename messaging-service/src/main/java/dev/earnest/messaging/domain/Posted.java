package dev.earnest.messaging.domain;

import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A message at the moment it is written down, in the transaction that writes it: all there is to
/// know for those who tell others of it.
///
/// @param task the task as it is now
/// @param account who wrote it
/// @param seq the message's id in the task's stream
public record Posted(TaskState task, String account, long seq, Message message) {
  /// The parties of the conversation but its writer.
  public Stream<String> readers() {
    return parties().filter(party -> !party.equals(account));
  }

  Stream<String> parties() {
    @Nullable String agent = task.agentAccount();
    return agent == null || agent.equals(task.buyer())
        ? Stream.of(task.buyer())
        : Stream.of(task.buyer(), agent);
  }

  UUID taskId() {
    return task.id();
  }
}
