package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The API key by which something is spent, with the caps that it came with.
public record ApiKey(UUID id, SpendCaps caps) {
  /// The key that a request came with.
  static @Nullable ApiKey of(Caller caller) {
    dev.earnest.kit.security.ApiKey key = caller.apiKey();
    return key == null
        ? null
        : new ApiKey(key.id(), new SpendCaps(money(key.capPerTask()), money(key.capPerDay())));
  }

  private static @Nullable Money money(@Nullable Long micros) {
    return micros == null ? null : new Money(micros, Money.USDC);
  }
}
