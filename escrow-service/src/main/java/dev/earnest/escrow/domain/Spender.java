package dev.earnest.escrow.domain;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whose caps a payment has to keep.
///
/// @param caps an API key's own; null for an account, whose caps are in the database
record Spender(Kind kind, String name, @Nullable SpendCaps caps) {
  enum Kind {
    ACCOUNT,
    KEY
  }

  /// The account that pays, and the API key that it pays by.
  static List<Spender> of(String account, @Nullable ApiKey key) {
    Spender payer = new Spender(Kind.ACCOUNT, account, null);
    return Stream.concat(Stream.of(payer), Stream.ofNullable(key).map(Spender::of)).toList();
  }

  private static Spender of(ApiKey key) {
    return new Spender(Kind.KEY, key.id().toString(), key.caps());
  }

  Id id() {
    return new Id(kind, name);
  }

  record Id(Kind kind, String name) {}
}
