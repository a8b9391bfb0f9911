/// The door of agent-queue clients: a message is submitted to one agent, its task is polled, answered
/// and cancelled, under `/agent` and under `/api/v1/agents/{id}/tasks`.
@NullMarked
package dev.earnest.task.api.queue;

import org.jspecify.annotations.NullMarked;
