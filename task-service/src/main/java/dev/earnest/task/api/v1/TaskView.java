package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.TaskState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task as its parties see it.
///
/// @param budget units of the currency; `price` is what was agreed, the budget until then
/// @param input what the agent gets to work with; with the task itself only, not in lists, as
///     `outputSchema`, `output` and `deliveries`
/// @param output what was delivered last, as JSON
/// @param match how the matcher chose the agent: the total and its parts, each 0..1
/// @param proposalDeadline until when agents may propose
/// @param retryOf the ended task that this one tries again
/// @param attempt counts assignments; an agent may send it along to be fenced off when it is late
/// @param metadata for the buyer only, as is callbackUrl
/// @param expiresAt when waiting for an agent ends
/// @param leaseUntil when a claim ends without a sign of life
/// @param deadline when the agent must have delivered
/// @param reviewUntil when silence approves the delivery
/// @param reason why it was cancelled, failed or expired
public record TaskView(
    UUID id,
    String title,
    String description,
    @Nullable String category,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String capability,
    TaskState status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TaskState previousStatus,
    BigDecimal budget,
    BigDecimal price,
    String currency,
    boolean funded,
    String priority,
    String mode,
    String review,
    String buyer,
    @Nullable UUID agentId,
    int attempt,
    int maxAttempts,
    @Nullable Integer progress,
    @Nullable String progressMessage,
    @Nullable String stage,
    @Nullable JsonNode requirements,
    List<String> requiredSkills,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode input,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode outputSchema,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode output,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode match,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal budgetMin,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal budgetMax,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant proposalDeadline,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String proposalsUrl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID retryOf,
    @Nullable JsonNode metadata,
    @Nullable String callbackUrl,
    int revisions,
    @Nullable Integer rating,
    @Nullable String reviewText,
    @Nullable String reason,
    @Nullable UUID disputeId,
    @Nullable Instant expiresAt,
    @Nullable Instant leaseUntil,
    @Nullable Instant deadline,
    @Nullable Instant reviewUntil,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Delivery> deliveries,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    String streamUrl) {}
