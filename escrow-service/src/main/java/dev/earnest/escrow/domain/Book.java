package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Locked accounts and what a transaction has posted to them so far. Balances are right in memory
/// after every posting, so that many transfers of one account decide one after another and are
/// written at once, by [Ledger].
final class Book {
  /// An account as it stands after what was posted.
  record Standing(long id, long balance, long version) {}

  record Posted(UUID id, Transfer transfer) {}

  record Entry(long account, long version, UUID transfer, long amount, long before, long after) {}

  private final Map<AccountKey, Standing> standings;
  private final Supplier<UUID> ids;
  private final List<Posted> posted = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Standing> changed = new HashMap<>();

  Book(Map<AccountKey, Standing> locked, Supplier<UUID> ids) {
    this.standings = new HashMap<>(locked);
    this.ids = ids;
  }

  Money balance(AccountKey account) {
    return new Money(standing(account).balance(), account.currency());
  }

  /// All of it or nothing.
  ///
  /// @return the transfer's id
  /// @throws Refusal 409 `insufficient_funds` when an account of people would fall below zero, or
  ///     `balance_limit` when a balance would be more than can be counted
  UUID post(Transfer transfer) {
    UUID id = ids.get();
    List<Entry> drafted = transfer.legs().stream().map(leg -> entry(id, leg)).toList();
    for (int i = 0; i < drafted.size(); i++) {
      Entry entry = drafted.get(i);
      Standing next = new Standing(entry.account(), entry.after(), entry.version());
      standings.put(transfer.legs().get(i).account(), next);
      changed.put(entry.account(), next);
    }
    entries.addAll(drafted);
    posted.add(new Posted(id, transfer));
    return id;
  }

  List<Posted> posted() {
    return posted;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Standing> changed() {
    return List.copyOf(changed.values());
  }

  private Entry entry(UUID transfer, Leg leg) {
    Standing now = standing(leg.account());
    long after = add(now.balance(), leg.micros());
    if (after < 0 && !mayBeNegative(leg.account().kind())) {
      throw Refusal.conflict("insufficient_funds", "The account has not enough money.");
    }
    return new Entry(now.id(), now.version() + 1, transfer, leg.micros(), now.balance(), after);
  }

  private Standing standing(AccountKey account) {
    Standing standing = standings.get(account);
    if (standing == null) {
      throw new IllegalStateException(account + " was not locked");
    }
    return standing;
  }

  private static long add(long balance, long micros) {
    try {
      return Math.addExact(balance, micros);
    } catch (ArithmeticException _) {
      throw Refusal.conflict("balance_limit", "The balance would be more than can be counted.");
    }
  }

  private static boolean mayBeNegative(AccountKind kind) {
    return switch (kind) {
      case FEE, OUTSIDE -> true;
      case WALLET, ESCROW, PENDING_WITHDRAWAL -> false;
    };
  }
}
