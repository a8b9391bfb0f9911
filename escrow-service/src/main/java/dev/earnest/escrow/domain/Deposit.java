package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;

/// Money that is said to have arrived from outside for an account.
///
/// @param reference the payment's own name outside; it counts once
public record Deposit(String account, Money amount, String reference) {}
