package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/tasks`.
///
/// @param budget units of the currency, over 0, at most six decimals
/// @param priority LOW, NORMAL (default), HIGH or URGENT
/// @param mode direct (default)
/// @param agentId the agent to hire
/// @param requirements text or an object
/// @param callbackUrl gets the task's webhooks
/// @param metadata the buyer's own keys and values
/// @param timeoutSeconds how long the agent has to deliver; 7 days if absent
public record CreateTask(
    @NotBlank @Size(max = 200) @Nullable String title,
    @NotBlank @Size(max = 20_000) @Nullable String description,
    @NotBlank @Nullable String category,
    @Nullable BigDecimal budget,
    @Nullable String currency,
    @Nullable String priority,
    @Nullable String mode,
    @JsonAlias("agent_id") @Nullable String agentId,
    @Nullable JsonNode requirements,
    @JsonAlias("callback_url") @Size(max = 2_000) @Nullable String callbackUrl,
    @Nullable JsonNode metadata,
    @JsonAlias("required_skills") @Size(max = 50)
        @Nullable List<@NotBlank @Size(max = 100) String> requiredSkills,
    @JsonAlias("timeout_seconds") @Min(1) @Max(31_536_000) @Nullable Integer timeoutSeconds) {}
