package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.AccountKind;
import dev.earnest.escrow.domain.Hold;
import dev.earnest.escrow.domain.HoldState;
import dev.earnest.escrow.domain.TaskPayments;
import dev.earnest.escrow.domain.TaskTransfer;
import dev.earnest.escrow.domain.TransferKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record PaymentsAnswer(boolean success, PaymentsView payments) {
  static PaymentsAnswer of(TaskPayments payments) {
    return new PaymentsAnswer(true, PaymentsView.of(payments));
  }

  public record PaymentsView(
      UUID taskId,
      HoldState state,
      String payer,
      @Nullable String payee,
      String currency,
      BigDecimal budget,
      BigDecimal price,
      BigDecimal held,
      BigDecimal released,
      BigDecimal refunded,
      BigDecimal fee,
      BigDecimal net,
      BigDecimal inEscrow,
      BigDecimal tipped,
      @Nullable String reason,
      List<TransactionView> transactions) {
    static PaymentsView of(TaskPayments payments) {
      Hold hold = payments.hold();
      return new PaymentsView(
          hold.task(),
          hold.state(),
          hold.buyer(),
          hold.payee(),
          hold.budget().currency(),
          hold.budget().decimal(),
          hold.price().decimal(),
          hold.held().decimal(),
          hold.released().decimal(),
          hold.refunded().decimal(),
          hold.fee().decimal(),
          hold.released().minus(hold.fee()).decimal(),
          hold.inEscrow().decimal(),
          payments.tipped().decimal(),
          hold.refusal(),
          payments.transfers().stream().map(TransactionView::of).toList());
    }
  }

  /// A transfer of the task.
  ///
  /// @param amount all that was moved
  public record TransactionView(
      UUID id,
      TransferKind type,
      BigDecimal amount,
      String currency,
      @Nullable String note,
      List<SideView> sides,
      Instant createdAt) {
    static TransactionView of(TaskTransfer transfer) {
      TaskTransfer.Side taken = transfer.sides().getFirst();
      return new TransactionView(
          transfer.id(),
          transfer.kind(),
          taken.amount().decimal().negate(),
          taken.amount().currency(),
          transfer.note(),
          transfer.sides().stream().map(SideView::of).toList(),
          transfer.occurredAt());
    }
  }

  /// Where money came from (below zero) or went to.
  ///
  /// @param kind WALLET, with its account; ESCROW; FEE
  public record SideView(AccountKind kind, @Nullable String account, BigDecimal amount) {
    static SideView of(TaskTransfer.Side side) {
      return new SideView(side.kind(), side.account(), side.amount().decimal());
    }
  }
}
