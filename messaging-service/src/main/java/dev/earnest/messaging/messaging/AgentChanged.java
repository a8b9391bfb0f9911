package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  /// What of it is the agent's public profile. An older record has none of it.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Profile(
      UUID id,
      String name,
      @Nullable String status,
      @Nullable String slug,
      @Nullable String tagline,
      @Nullable String description,
      @Nullable JsonNode categories,
      @Nullable JsonNode skills,
      @Nullable JsonNode basePrice,
      @Nullable String currency,
      @Nullable String pricingModel) {}

  Agent agent(Profile profile, ObjectMapper json) {
    String shown = json.valueToTree(profile).toString();
    return new Agent(id, account, name, webhookUrl, webhookSecret, version, shown);
  }
}
