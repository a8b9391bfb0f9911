package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Tip;
import dev.earnest.escrow.domain.TransferKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record TipAnswer(boolean success, PaymentView payment) {
  static TipAnswer of(Tip tip) {
    return new TipAnswer(
        true,
        new PaymentView(
            tip.id(),
            tip.task(),
            tip.kind(),
            tip.payer(),
            tip.payee(),
            tip.amount().decimal(),
            tip.amount().currency(),
            tip.note(),
            tip.occurredAt()));
  }

  public record PaymentView(
      UUID id,
      UUID taskId,
      TransferKind type,
      String payer,
      String payee,
      BigDecimal amount,
      String currency,
      @Nullable String note,
      Instant createdAt) {}
}
