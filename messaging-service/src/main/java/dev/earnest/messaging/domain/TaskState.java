package dev.earnest.messaging.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task as an event of task-service left it: the `task` of every task event.
@RegisterForReflection
public record TaskState(
    UUID id,
    String buyer,
    @Nullable UUID agent,
    @Nullable String agentAccount,
    @Nullable String team,
    List<String> assignees,
    List<String> followers,
    String title,
    String status,
    @Nullable String previousStatus,
    int attempt,
    @Nullable String callbackUrl,
    long version) {
  public @Nullable UUID teamId() {
    return team == null ? null : UUID.fromString(team);
  }

  TaskState withPreviousStatus(@Nullable String previous) {
    return new TaskState(
        id,
        buyer,
        agent,
        agentAccount,
        team,
        assignees,
        followers,
        title,
        status,
        previous,
        attempt,
        callbackUrl,
        version);
  }
}
