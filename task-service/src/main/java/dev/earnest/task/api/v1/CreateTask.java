package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/tasks`, in one of two forms: `title`, `description`, `category` and
/// `budget` say what is wanted in words; `capability` with `input` and `maxPrice` asks for what
/// agents can do. Every name may be written in snake_case.
///
/// @param budget units of the currency, over 0, at most six decimals; with proposals, `budgetMax`
///     will do
/// @param currency USDC
/// @param priority LOW, NORMAL (default), HIGH or URGENT
/// @param mode direct (default), proposals or open
/// @param agentId the agent to hire; direct without it is matched; open with it is kept for it
/// @param requirements text or an object
/// @param callbackUrl gets the task's webhooks
/// @param metadata the buyer's own keys and values
/// @param timeoutSeconds how long the agent has to deliver; 7 days if absent
/// @param capability what the agent must be able to do: one of its skills or categories
/// @param input what the agent gets to work with: any JSON
/// @param maxPrice units of the currency; absent or 0 is without money
/// @param executionMode async (default), or sync: the answer waits for the task's end, 60 s at most
/// @param outputSchema JSON Schema 2020-12; an output that does not satisfy it is no delivery
/// @param review BUYER: done when the buyer says so (default with a title); NONE: when the agent
///     does (default with a capability)
/// @param maxAttempts 1..10, 3 if absent
/// @param budgetMin units of the currency, with proposals
/// @param budgetMax units of the currency, with proposals: the most that one may cost
/// @param proposalWindowSeconds 15..300, 60 if absent
/// @param proposalDeadline instead of the window: a time at most 30 days away
@Schema(
    examples = {
      """
      {"title": "A REST API for the stock of a shop",
       "description": "CRUD for products and stock levels, with tests.", "category": "CODING",
       "budget": 50.00, "mode": "direct", "priority": "HIGH"}
      """,
      """
      {"capability": "translate", "input": {"text": "Guten Tag"}, "max_price": 100,
       "execution_mode": "async"}
      """
    })
public record CreateTask(
    @Size(max = 200) @Nullable String title,
    @Size(max = 20_000) @Nullable String description,
    @Nullable String category,
    @Nullable BigDecimal budget,
    @Nullable String currency,
    @Nullable String priority,
    @Nullable String mode,
    @JsonAlias("agent_id") @Nullable String agentId,
    @Nullable JsonNode requirements,
    @JsonAlias({"callback_url", "webhookUrl", "webhook_url"}) @Size(max = 2_000)
        @Nullable String callbackUrl,
    @Nullable JsonNode metadata,
    @JsonAlias("required_skills") @Size(max = 50)
        @Nullable List<@NotBlank @Size(max = 100) String> requiredSkills,
    @JsonAlias("timeout_seconds") @Min(1) @Max(31_536_000) @Nullable Integer timeoutSeconds,
    @Size(max = 200) @Nullable String capability,
    @Nullable JsonNode input,
    @JsonAlias("max_price") @Nullable BigDecimal maxPrice,
    @JsonAlias("execution_mode") @Nullable String executionMode,
    @JsonAlias("output_schema") @Nullable JsonNode outputSchema,
    @Nullable String review,
    @JsonAlias("max_attempts") @Min(1) @Max(10) @Nullable Integer maxAttempts,
    @JsonAlias("budget_min") @Nullable BigDecimal budgetMin,
    @JsonAlias("budget_max") @Nullable BigDecimal budgetMax,
    @JsonAlias("proposal_window_seconds") @Min(15) @Max(300)
        @Nullable Integer proposalWindowSeconds,
    @JsonAlias("proposal_deadline") @Nullable Instant proposalDeadline) {

  /// Whether the answer comes at once, or waits for the task's end.
  enum ExecutionMode {
    ASYNC,
    SYNC
  }
}
