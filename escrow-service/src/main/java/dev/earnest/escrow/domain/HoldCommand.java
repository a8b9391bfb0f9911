package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What task-service's events ask of a task's money.
public sealed interface HoldCommand {
  /// task.created with a budget over zero.
  record Fund(Money budget) implements HoldCommand {}

  /// task.assigned: what the agreed price leaves of the budget goes back at once.
  ///
  /// @param attempt which assignment it is; a task may see several
  record Agree(Money price, int attempt) implements HoldCommand {}

  /// task.completed without a ruling.
  ///
  /// @param payee the agent's account; null only where there is nothing to pay
  record Release(@Nullable String payee) implements HoldCommand {}

  /// task.failed, task.expired, or task.cancelled without a ruling.
  record Refund(String reason) implements HoldCommand {}

  /// task.disputed.
  record Freeze() implements HoldCommand {}

  /// task.redelivery_started.
  record Thaw() implements HoldCommand {}

  /// task.completed or task.cancelled with a ruling.
  ///
  /// @param payee null where the ruling leaves nobody to be paid
  /// @param refundPercentage which share of what is held the buyer gets, 0..100
  record Settle(
      @Nullable String payee, UUID dispute, String resolution, BigDecimal refundPercentage)
      implements HoldCommand {}
}
