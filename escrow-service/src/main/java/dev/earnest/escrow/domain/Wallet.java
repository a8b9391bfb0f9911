package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;

/// What an account has to spend, and what is held for its tasks.
public record Wallet(String account, Money available, Money held) {}
