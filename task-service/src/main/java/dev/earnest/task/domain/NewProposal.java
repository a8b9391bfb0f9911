package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What an agent writes to be hired.
///
/// @param approach how it would do the task
/// @param estimatedHours until the delivery
public record NewProposal(String approach, Money price, @Nullable BigDecimal estimatedHours) {}
