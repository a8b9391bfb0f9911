package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.DepositReceipt;
import dev.earnest.escrow.domain.TransferKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

public record DepositAnswer(boolean success, TransferView transfer) {
  static DepositAnswer of(DepositReceipt receipt) {
    return new DepositAnswer(
        true,
        new TransferView(
            receipt.id(),
            TransferKind.DEPOSIT,
            receipt.deposit().account(),
            receipt.deposit().amount().decimal(),
            receipt.deposit().amount().currency(),
            receipt.deposit().reference(),
            receipt.occurredAt()));
  }

  public record TransferView(
      UUID id,
      TransferKind type,
      String account,
      BigDecimal amount,
      String currency,
      String reference,
      Instant createdAt) {}
}
