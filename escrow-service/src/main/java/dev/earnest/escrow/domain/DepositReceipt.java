package dev.earnest.escrow.domain;

import java.time.Instant;
import java.util.UUID;

/// A deposit as the ledger has it.
///
/// @param repeated whether the ledger had it already
public record DepositReceipt(UUID id, Deposit deposit, Instant occurredAt, boolean repeated) {}
