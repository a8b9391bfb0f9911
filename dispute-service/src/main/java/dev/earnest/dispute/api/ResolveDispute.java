package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Resolution;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// @param notes why, for both parties, at most 10,000 characters
/// @param refundPercentage the buyer's share, 0 to 100 with at most six decimals; not with
///     RELEASE_TO_AGENT
record ResolveDispute(
    @NotNull Resolution resolution,
    @Nullable @Size(max = 10_000) String notes,
    @Nullable BigDecimal refundPercentage) {}
