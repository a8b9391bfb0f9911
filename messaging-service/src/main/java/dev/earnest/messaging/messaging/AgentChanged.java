package dev.earnest.messaging.messaging;

import dev.earnest.messaging.domain.Agents.Agent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service reads of `earnest.agent.changed.v1`.
@RegisterForReflection
record AgentChanged(
    UUID id,
    String account,
    String name,
    @Nullable String webhookUrl,
    @Nullable String webhookSecret,
    long version) {
  Agent agent() {
    return new Agent(id, account, name, webhookUrl, webhookSecret, version);
  }
}
