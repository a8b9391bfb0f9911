package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What task-service's events ask of a task's money.
public sealed interface HoldCommand {
  /// task.created with a budget over zero.
  ///
  /// @param key the API key that the task was made with, if it was
  record Fund(Money budget, @Nullable ApiKey key) implements HoldCommand {}

  /// task.assigned: what the agreed price leaves of the budget goes back at once.
  ///
  /// @param attempt which assignment it is; a task may see several
  record Agree(Money price, int attempt) implements HoldCommand {}

  /// task.completed without a ruling. A price under what is held is a partial release: the rest goes
  /// back to the buyer.
  ///
  /// @param payee the agent's account; null only where there is nothing to pay
  record Release(@Nullable String payee, Money price) implements HoldCommand {}

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

  /// task.state_reported: brings money that missed some of its task's events into line with it.
  ///
  /// @param status the task's state, for the report
  /// @param wanted what the task's state asks of money that is [HoldState#HELD]; null when nothing
  record Align(String status, @Nullable HoldCommand wanted) implements HoldCommand {}
}
