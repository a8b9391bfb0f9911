package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A transfer of a task, by what it put into accounts or took from them.
///
/// @param note what was said to a tip
public record TaskTransfer(
    UUID id, TransferKind kind, @Nullable String note, Instant occurredAt, List<Side> sides) {
  public TaskTransfer {
    sides = List.copyOf(sides);
  }

  /// What the transfer did to one account.
  ///
  /// @param account whose wallet it is; null for the task's escrow and the platform's fee
  /// @param amount below zero when it was taken from there
  public record Side(AccountKind kind, @Nullable String account, Money amount) {}
}
