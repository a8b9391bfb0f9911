package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A movement of money that is to happen: what is taken from one account is spread over others.
///
/// @param reference what it is about; a kind and a reference happen once
/// @param note what the payer said to it
/// @param legs they sum to zero; each account is in it once
record Transfer(
    TransferKind kind,
    String reference,
    @Nullable UUID task,
    @Nullable String note,
    List<Leg> legs) {
  Transfer {
    legs = List.copyOf(legs);
    if (legs.size() < 2 || legs.stream().mapToLong(Leg::micros).reduce(0, Math::addExact) != 0) {
      throw new IllegalArgumentException("the legs of a transfer sum to zero: " + legs);
    }
  }

  /// One part of what a transfer pays out.
  record Part(AccountKey to, Money amount) {}

  /// Pays the parts from one account; parts of nothing are left out, parts of one account added up.
  static Transfer from(
      AccountKey from, TransferKind kind, String reference, @Nullable UUID task, Part... parts) {
    List<Leg> paid =
        Stream.of(parts)
            .filter(part -> !part.amount().isZero())
            .map(part -> new Leg(part.to(), part.amount().micros()))
            .toList();
    long whole = paid.stream().mapToLong(Leg::micros).reduce(0, Math::addExact);
    List<Leg> merged =
        paid.stream()
            .map(Leg::account)
            .distinct()
            .map(account -> new Leg(account, sum(paid, account)))
            .toList();
    Stream<Leg> taken = Stream.of(new Leg(from, -whole));
    return new Transfer(
        kind, reference, task, null, Stream.concat(taken, merged.stream()).toList());
  }

  Transfer noted(@Nullable String text) {
    return new Transfer(kind, reference, task, text, legs);
  }

  private static long sum(List<Leg> legs, AccountKey account) {
    return legs.stream()
        .filter(leg -> leg.account().equals(account))
        .mapToLong(Leg::micros)
        .reduce(0, Math::addExact);
  }
}
