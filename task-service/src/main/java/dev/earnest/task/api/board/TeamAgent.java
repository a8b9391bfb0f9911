package dev.earnest.task.api.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.TeamAgents;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An agent of a team.
///
/// @param status active, paused, stopped or error
/// @param active how many tasks it works on now
/// @param token its own (`ek_…`): in the answers that make one, and nowhere else
public record TeamAgent(
    UUID id,
    @Nullable UUID teamId,
    String name,
    @Nullable String description,
    String status,
    List<String> skills,
    @Nullable String webhookUrl,
    int maxConcurrent,
    int active,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {
  /// A page of a team's agents.
  ///
  /// @param nextCursor asks for the next page; null on the last one
  public record TeamAgentPage(List<TeamAgent> agents, @Nullable String nextCursor) {}

  static TeamAgent of(Agent agent) {
    return of(agent, null);
  }

  static TeamAgent of(TeamAgents.Equipped equipped) {
    return of(equipped.agent(), equipped.token());
  }

  private static TeamAgent of(Agent agent, @Nullable String token) {
    return new TeamAgent(
        agent.id(),
        agent.team(),
        agent.name(),
        agent.description().isEmpty() ? null : agent.description(),
        Words.lower(agent.status()),
        agent.skills(),
        agent.webhookUrl(),
        agent.maxConcurrent(),
        agent.active(),
        agent.createdAt(),
        token);
  }
}
