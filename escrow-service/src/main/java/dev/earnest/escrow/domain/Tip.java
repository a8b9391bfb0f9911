package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a buyer paid a task's agent on top of the price.
///
/// @param kind [TransferKind#TIP] or [TransferKind#BONUS]
public record Tip(
    UUID id,
    UUID task,
    TransferKind kind,
    String payer,
    String payee,
    Money amount,
    @Nullable String note,
    Instant occurredAt) {

  /// A tip that somebody asks for.
  public record Request(TransferKind kind, Money amount, @Nullable String note) {}
}
