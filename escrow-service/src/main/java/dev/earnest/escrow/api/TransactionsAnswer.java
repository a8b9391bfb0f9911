package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.TransferKind;
import dev.earnest.escrow.domain.WalletEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public record TransactionsAnswer(
    boolean success, List<TransactionView> transactions, @Nullable String nextCursor) {

  /// @param entries one more than a page where there are more pages
  static TransactionsAnswer of(List<WalletEntry> entries, int size, Function<UUID, String> cursor) {
    List<WalletEntry> page = entries.subList(0, Math.min(size, entries.size()));
    String next = entries.size() > size ? cursor.apply(page.getLast().id()) : null;
    return new TransactionsAnswer(true, page.stream().map(TransactionView::of).toList(), next);
  }

  public record TransactionView(
      UUID id,
      TransferKind type,
      BigDecimal amount,
      BigDecimal balance,
      String currency,
      @Nullable UUID taskId,
      @Nullable String reference,
      @Nullable String note,
      Instant createdAt) {
    static TransactionView of(WalletEntry entry) {
      return new TransactionView(
          entry.id(),
          entry.kind(),
          entry.amount().decimal(),
          entry.balance().decimal(),
          entry.amount().currency(),
          entry.task(),
          entry.reference(),
          entry.note(),
          entry.occurredAt());
    }
  }
}
