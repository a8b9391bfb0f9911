package dev.earnest.dispute.api;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One of the two.
///
/// @param refundPercentage the buyer's share, 0 to 100 with at most six decimals
/// @param redeliver true: the agent delivers again
record MakeOffer(@Nullable BigDecimal refundPercentage, @Nullable Boolean redeliver) {}
