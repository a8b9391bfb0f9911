package dev.earnest.task.api.v1;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.task.domain.NewProposal;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a proposal.
///
/// @param agentId which of the caller's agents; absent where there is one only
/// @param approach how it would do the task
/// @param price units of the currency, over 0, within the task's budget
/// @param estimatedHours until the delivery, over 0
public record MakeProposal(
    @JsonAlias("agent_id") @Nullable String agentId,
    @NotBlank @Size(max = 10_000) @Nullable String approach,
    @Nullable BigDecimal price,
    @Nullable String currency,
    @JsonAlias("estimated_hours")
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("8760")
        @Digits(integer = 4, fraction = 4)
        @Nullable BigDecimal estimatedHours) {

  @Nullable UUID agent() {
    return agentId == null ? null : Ids.parseField("agentId", agentId);
  }

  NewProposal toNewProposal() {
    return new NewProposal(
        Objects.requireNonNull(approach), Money.positive("price", price, currency), estimatedHours);
  }
}
