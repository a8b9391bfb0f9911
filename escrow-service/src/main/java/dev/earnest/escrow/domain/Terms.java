package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.util.function.Function;

/// What a decision about money needs to know besides the hold itself.
///
/// @param feeAccount where a fee goes
/// @param balances what an account has now
/// @param spending what the buyer and the API key may still spend
record Terms(
    Fees fees, AccountKey feeAccount, Function<AccountKey, Money> balances, Spending spending) {}
