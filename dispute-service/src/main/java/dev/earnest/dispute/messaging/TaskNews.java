package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.TaskCopy;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What every event of a task says: the task as the event left it.
@RegisterForReflection
record TaskNews(TaskCopy task) {}
