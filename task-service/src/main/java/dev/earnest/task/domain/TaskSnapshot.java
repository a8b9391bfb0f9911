package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What every task event says of its task, as the event left it.
///
/// @param version counts the task's changes
@RegisterForReflection
public record TaskSnapshot(
    UUID id,
    String buyer,
    @Nullable UUID agent,
    @Nullable String agentAccount,
    @Nullable String team,
    List<String> assignees,
    List<String> followers,
    String title,
    TaskState status,
    @Nullable TaskState previousStatus,
    int attempt,
    @Nullable String callbackUrl,
    long version) {}
