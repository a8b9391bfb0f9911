package dev.earnest.task.api.board;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Agent;
import dev.earnest.task.domain.AgentProfile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a team says of its agent.
///
/// @param webhookUrl is told of the agent's work
/// @param webhookSecret signs what is sent to the webhookUrl; never shown again
/// @param maxConcurrent how many tasks it works on at once, 10 if absent
/// @param status active, paused or stopped; with a change only
@RegisterForReflection
public record TeamAgentProfile(
    @NotBlank @Size(max = 100) @Nullable String name,
    @Size(max = 10_000) @Nullable String description,
    @Size(max = 50) @Nullable List<@NotBlank @Size(max = 100) String> skills,
    @Size(max = 2_000) @Nullable String webhookUrl,
    @Size(min = 16, max = 200) @Nullable String webhookSecret,
    @Min(1) @Max(10_000) @Nullable Integer maxConcurrent,
    @Schema(enumeration = {"active", "paused", "stopped"}) @Nullable String status) {
  private static final int DEFAULT_MAX_CONCURRENT = 10;

  static TeamAgentProfile of(Agent agent) {
    return new TeamAgentProfile(
        agent.name(),
        agent.description(),
        agent.skills(),
        agent.webhookUrl(),
        null,
        agent.maxConcurrent(),
        Words.lower(agent.status()));
  }

  AgentProfile toProfile(String account) {
    return new AgentProfile(
        account,
        Objects.requireNonNull(name),
        null,
        null,
        description == null ? "" : description,
        List.of(),
        skills == null ? List.of() : skills,
        new Money(0, Money.USDC),
        Agent.PricingModel.PER_TASK,
        webhookUrl,
        webhookSecret,
        maxConcurrent == null ? DEFAULT_MAX_CONCURRENT : maxConcurrent,
        false);
  }
}
