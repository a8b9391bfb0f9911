package dev.earnest.escrow.domain;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Which account: its kind, whose it is, and its currency.
///
/// @param owner an account of people, a task's id, or the shard of a platform account
public record AccountKey(AccountKind kind, String owner, String currency) {
  /// Over how many rows a platform account is spread. Each transaction uses one of them, so that
  /// transactions of different people do not wait for each other.
  static final int SHARDS = 16;

  public static AccountKey wallet(String account, String currency) {
    return new AccountKey(AccountKind.WALLET, account, currency);
  }

  static AccountKey escrow(UUID task, String currency) {
    return new AccountKey(AccountKind.ESCROW, task.toString(), currency);
  }

  static AccountKey anyFee(String currency) {
    return new AccountKey(AccountKind.FEE, anyShard(), currency);
  }

  static AccountKey anyOutside(String provider, String currency) {
    return new AccountKey(AccountKind.OUTSIDE, provider + "/" + anyShard(), currency);
  }

  private static String anyShard() {
    return Integer.toString(ThreadLocalRandom.current().nextInt(SHARDS));
  }
}
