package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The money of one task. `held`, `released` and `refunded` only grow; the task's escrow account
/// holds the difference.
///
/// @param payee who was paid, once somebody was
/// @param refusal why nothing was held, where a hold was asked for and refused
/// @param price what was agreed; the budget until then
/// @param released what went to the agent's side, the fee included
public record Hold(
    UUID task,
    String buyer,
    @Nullable String payee,
    HoldState state,
    @Nullable String refusal,
    Money budget,
    Money price,
    Money held,
    Money released,
    Money refunded,
    Money fee) {

  /// A task without money so far.
  public static Hold none(UUID task, String buyer, String currency) {
    Money zero = Money.zero(currency);
    return new Hold(task, buyer, null, HoldState.NONE, null, zero, zero, zero, zero, zero, zero);
  }

  /// What is in escrow now.
  public Money inEscrow() {
    return held.minus(released).minus(refunded);
  }

  String currency() {
    return budget.currency();
  }

  /// Whether money may still leave escrow.
  boolean isOpen() {
    return state == HoldState.HELD || state == HoldState.FROZEN;
  }

  boolean isUnasked() {
    return state == HoldState.NONE && refusal == null;
  }

  Hold refused(Money asked, String code) {
    return new Hold(task, buyer, payee, state, code, asked, asked, held, released, refunded, fee);
  }

  Hold funded(Money amount) {
    return new Hold(
        task, buyer, payee, HoldState.HELD, null, amount, amount, amount, released, refunded, fee);
  }

  Hold in(HoldState next) {
    return new Hold(
        task, buyer, payee, next, refusal, budget, price, held, released, refunded, fee);
  }

  Hold agreed(Money newPrice, Money back) {
    return new Hold(
        task,
        buyer,
        payee,
        state,
        refusal,
        budget,
        newPrice,
        held,
        released,
        refunded.plus(back),
        fee);
  }

  Hold closed(HoldState end, @Nullable String paid, Fees.Split split) {
    return new Hold(
        task,
        buyer,
        paid,
        end,
        refusal,
        budget,
        price,
        held,
        released.plus(split.gross()),
        refunded.plus(split.refund()),
        fee.plus(split.fee()));
  }
}
