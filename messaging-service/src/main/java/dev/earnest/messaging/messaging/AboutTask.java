package dev.earnest.messaging.messaging;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service reads of every event of escrow-service and dispute-service by name: its task.
///
/// @param taskId null where it is about something else, which has no timeline
@RegisterForReflection
record AboutTask(@Nullable UUID taskId) {}
