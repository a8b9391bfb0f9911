package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What it takes to make a task.
///
/// @param budget zero where no money is involved
/// @param agentId the agent to hire directly
/// @param timeoutSeconds how long the agent has, where the buyer said so
public record NewTask(
    String buyer,
    Brief brief,
    Mode mode,
    Review review,
    Money budget,
    @Nullable UUID agentId,
    @Nullable String callbackUrl,
    int maxAttempts,
    @Nullable Integer timeoutSeconds) {}
