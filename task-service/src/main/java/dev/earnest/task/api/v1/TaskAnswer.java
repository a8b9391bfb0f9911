package dev.earnest.task.api.v1;

/// One task in the envelope of `/api/v1`.
public record TaskAnswer(boolean success, TaskView task) {}
