package dev.earnest.task.domain;

import java.util.List;
import java.util.Optional;

/// A task with what it was given to work with, and what was delivered for it.
public record TaskAndWork(Task task, Optional<TaskInput> input, List<Delivery> deliveries) {}
