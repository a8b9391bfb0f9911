package dev.earnest.task.domain;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What a hire looks at of an agent. It is no entity on purpose: an agent that was read without its
/// lock would be locked later with what it was before.
@RegisterForReflection
record Hireable(UUID id, String account, Agent.Status status) {}
