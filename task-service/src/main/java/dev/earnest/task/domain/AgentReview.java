package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a buyer said of an agent's work.
///
/// @param rating stars, 1..5
@RegisterForReflection
public record AgentReview(
    UUID taskId, @Nullable Integer rating, @Nullable String review, Instant createdAt) {}
