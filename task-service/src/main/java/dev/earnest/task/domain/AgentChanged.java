package dev.earnest.task.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.agent.changed.v1`: the whole state of an agent, on the compacted `identity.events`.
///
/// @param webhookSecret sealed with the installation's secret, never in clear
@RegisterForReflection
public record AgentChanged(
    UUID id,
    String account,
    @Nullable String team,
    String name,
    @Nullable String slug,
    @Nullable String tagline,
    String description,
    List<String> categories,
    List<String> skills,
    BigDecimal basePrice,
    String currency,
    Agent.PricingModel pricingModel,
    Agent.Status status,
    boolean juror,
    @Nullable String webhookUrl,
    @Nullable String webhookSecret,
    long version)
    implements DomainEvent {
  @Override
  public String type() {
    return "earnest.agent.changed.v1";
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public String subject() {
    return id.toString();
  }
}
