package dev.earnest.system.faults;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What each account must have in the end, as those know it who made the money move.
final class Books {
  /// What is left of an agent's pay after the fee of 5 %.
  private static final BigDecimal NET = new BigDecimal("0.95");

  private final Map<String, BigDecimal> accounts = new ConcurrentHashMap<>();

  void deposited(String account, BigDecimal amount) {
    add(account, amount);
  }

  void tipped(String buyer, String owner, BigDecimal amount) {
    add(buyer, amount.negate());
    add(owner, amount);
  }

  /// @param paid the fee included
  void paid(String buyer, String owner, BigDecimal paid) {
    add(buyer, paid.negate());
    add(owner, paid.multiply(NET));
  }

  Map<String, BigDecimal> accounts() {
    return Map.copyOf(accounts);
  }

  private void add(String account, BigDecimal amount) {
    accounts.merge(account, amount, BigDecimal::add);
  }
}
