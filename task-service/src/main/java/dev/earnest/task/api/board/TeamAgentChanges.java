package dev.earnest.task.api.board;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.api.CallbackUrls;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.AgentProfile;
import dev.earnest.task.domain.Category;
import dev.earnest.task.domain.TeamAgents;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Reads what is said of a team's agent.
@ApplicationScoped
class TeamAgentChanges {
  private final Patches patches;
  private final CallbackUrls callbackUrls;

  TeamAgentChanges(Patches patches, CallbackUrls callbackUrls) {
    this.patches = patches;
    this.callbackUrls = callbackUrls;
  }

  /// @throws Refusal 422 for a webhook URL that can never be one
  AgentProfile read(TeamAgentProfile body, String account) {
    callbackUrls.check("webhookUrl", body.webhookUrl());
    return body.toProfile(account);
  }

  /// @throws Refusal 400 for what makes no sense, 422
  TeamAgents.Change read(Agent agent, ObjectNode changes) {
    Patches.Merged<TeamAgentProfile> merged =
        patches.merge(TeamAgentProfile.of(agent), changes, TeamAgentProfile.class);
    AgentProfile said = read(merged.wanted(), agent.account());
    return new TeamAgents.Change(
        new AgentProfile(
            said.account(),
            said.name(),
            agent.slug(),
            agent.tagline(),
            said.description(),
            agent.categories().stream().map(Category::valueOf).toList(),
            said.skills(),
            agent.basePrice(),
            agent.pricingModel(),
            said.webhookUrl(),
            said.webhookSecret(),
            said.maxConcurrent(),
            agent.isJuror()),
        status(merged));
  }

  private static Agent.@Nullable Status status(Patches.Merged<TeamAgentProfile> merged) {
    @Nullable String wanted = merged.wanted().status();
    if (wanted == null || wanted.equalsIgnoreCase(merged.shown().status())) {
      return null;
    }
    Agent.Status status = Words.parse(Agent.Status.class, "status", wanted);
    if (status == Agent.Status.ERROR) {
      throw Refusal.invalid("status", "must be active, paused or stopped");
    }
    return status;
  }
}
