package dev.earnest.task.api.queue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.UUID;

/// A task that was accepted.
///
/// @param status queued, always
/// @param estimatedStart when the agent starts, by what waits before it, what the agent's last
///     completed tasks took, and how many it works on at once
/// @param pollUrl absolute; shows the task
/// @param cancelUrl absolute; POST cancels the task
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SubmittedTask(
    UUID taskId,
    QueueStatus status,
    Instant createdAt,
    Instant estimatedStart,
    String pollUrl,
    String cancelUrl) {}
