package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A transfer as one wallet saw it.
///
/// @param amount below zero when it left the wallet
/// @param balance what the wallet had after it
/// @param reference a deposit's, or the withdrawal's id; a task's transfers are named by the task
/// @param note what was said to a tip
public record WalletEntry(
    UUID id,
    TransferKind kind,
    @Nullable String reference,
    @Nullable UUID task,
    @Nullable String note,
    Money amount,
    Money balance,
    Instant occurredAt) {}
