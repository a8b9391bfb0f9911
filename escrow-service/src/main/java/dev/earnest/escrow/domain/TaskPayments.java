package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.util.List;

/// The state of a task's money and all that happened to it, oldest first.
public record TaskPayments(Hold hold, List<TaskTransfer> transfers) {
  public TaskPayments {
    transfers = List.copyOf(transfers);
  }

  /// What the buyer gave on top of the price.
  public Money tipped() {
    return transfers.stream()
        .filter(transfer ->
            transfer.kind() == TransferKind.TIP || transfer.kind() == TransferKind.BONUS)
        .map(transfer -> transfer.sides().getLast().amount())
        .reduce(Money.zero(hold.currency()), Money::plus);
  }
}
