package dev.earnest.task.domain;

import java.util.List;

/// A task with what was delivered for it.
public record TaskAndWork(Task task, List<Delivery> deliveries) {}
