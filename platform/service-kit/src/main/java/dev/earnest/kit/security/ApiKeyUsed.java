package dev.earnest.kit.security;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// `earnest.api_key.used.v1`: a service let somebody in with an API key. At most one a minute, key
/// and service.
///
/// @param id of the key
@RegisterForReflection
record ApiKeyUsed(UUID id, String service, Instant lastUsedAt) implements DomainEvent {
  @Override
  public String type() {
    return "earnest.api_key.used.v1";
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  /// Of each key and service the topic keeps the newest, and the key's own state beside it.
  @Override
  public String subject() {
    return UUID.nameUUIDFromBytes((service + "/" + id).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
