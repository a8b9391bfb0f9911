package dev.earnest.escrow.domain;

import java.util.HashMap;
import java.util.Map;

/// The shard of the platform's fee that one transaction uses, for each currency.
final class FeeAccounts {
  private final Map<String, AccountKey> chosen = new HashMap<>();

  AccountKey of(String currency) {
    return chosen.computeIfAbsent(currency, AccountKey::anyFee);
  }
}
