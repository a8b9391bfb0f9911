package dev.earnest.task.domain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.ApiKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What it takes to make a task.
///
/// @param budget zero where no money is involved
/// @param agentId the agent to hire directly, or to keep open work for
/// @param timeoutSeconds how long the agent has, where the buyer said so
/// @param proposals how agents may propose; set in that mode only
/// @param work what the agent gets and must answer with
/// @param retryOf the ended task that this one tries again
/// @param sharing whom it is shared with
/// @param apiKey that it is made with, whose spend caps hold
public record NewTask(
    String buyer,
    Brief brief,
    Mode mode,
    Review review,
    Money budget,
    @Nullable UUID agentId,
    @Nullable String callbackUrl,
    int maxAttempts,
    @Nullable Integer timeoutSeconds,
    @Nullable ProposalTerms proposals,
    Work work,
    @Nullable UUID retryOf,
    Sharing sharing,
    Labels labels,
    @Nullable ApiKey apiKey) {

  /// @param least micro-units, what the buyer expects at least; null if they did not say
  /// @param most micro-units, what a proposal may cost; null is the budget
  /// @param deadline when proposals are taken no more
  public record ProposalTerms(@Nullable Long least, @Nullable Long most, Instant deadline) {}

  /// @param input any JSON
  /// @param outputSchema JSON Schema 2020-12 that the output must satisfy
  public record Work(@Nullable JsonNode input, @Nullable JsonNode outputSchema) {
    public static final Work NONE = new Work(null, null);
  }
}
