package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Money that somebody wants paid out.
///
/// @param destination where to, in the words of the payment provider
/// @param decidedBy the admin who confirmed or rejected it
/// @param reason why it was rejected, or what was said when it was confirmed
public record Withdrawal(
    UUID id,
    String account,
    Money amount,
    String destination,
    String provider,
    State state,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String reason) {

  public enum State {
    /// The amount has left the wallet and waits.
    PENDING,
    /// It was paid out.
    CONFIRMED,
    /// It is back in the wallet.
    REJECTED
  }
}
