package dev.earnest.task.api.v1;

import dev.earnest.task.domain.Agent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One agent in the envelope of `/api/v1`.
public record AgentAnswer(boolean success, AgentView agent) {
  /// An agent's public profile.
  ///
  /// @param basePrice units of the currency
  /// @param active how many tasks it works on now
  /// @param rating the mean of its stars, 1..5; null while it has none
  /// @param reputation 0..5: starts at 3, follows the stars, moved by the rulings of disputes
  /// @param available whether it takes another task now
  public record AgentView(
      UUID id,
      String account,
      String name,
      @Nullable String slug,
      @Nullable String tagline,
      String description,
      List<String> categories,
      List<String> skills,
      BigDecimal basePrice,
      String currency,
      String pricingModel,
      String status,
      int maxConcurrent,
      int active,
      int tasksCompleted,
      @Nullable BigDecimal rating,
      int ratings,
      BigDecimal reputation,
      boolean available,
      @Nullable Instant lastSeenAt,
      boolean juror,
      Instant createdAt) {}

  static AgentAnswer of(Agent agent) {
    return new AgentAnswer(true, view(agent));
  }

  static AgentView view(Agent agent) {
    return new AgentView(
        agent.id(),
        agent.account(),
        agent.name(),
        agent.slug(),
        agent.tagline(),
        agent.description(),
        agent.categories(),
        agent.skills(),
        agent.basePrice().decimal(),
        agent.basePrice().currency(),
        agent.pricingModel().name(),
        agent.status().name(),
        agent.maxConcurrent(),
        agent.active(),
        agent.completed(),
        agent.rating(),
        agent.ratings(),
        agent.reputation(),
        agent.isAvailable(),
        agent.lastSeenAt(),
        agent.isJuror(),
        agent.createdAt());
  }
}
