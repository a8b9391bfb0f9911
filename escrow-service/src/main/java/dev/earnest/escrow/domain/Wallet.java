package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;

/// What an account has to spend, what is held for its tasks, and what is on its way out.
public record Wallet(String account, Money available, Money held, Money pending) {}
