package dev.earnest.escrow.domain;

import org.jspecify.annotations.Nullable;

/// One event of task-service: how the task is now, and what it asks of the task's money, if it does.
public record TaskNews(TaskFacts task, @Nullable HoldCommand command, String currency) {}
