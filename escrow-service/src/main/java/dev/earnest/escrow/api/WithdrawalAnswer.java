package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Withdrawal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public record WithdrawalAnswer(boolean success, WithdrawalView withdrawal) {
  static WithdrawalAnswer of(Withdrawal withdrawal) {
    return new WithdrawalAnswer(true, WithdrawalView.of(withdrawal));
  }

  public record WithdrawalView(
      UUID id,
      String account,
      BigDecimal amount,
      String currency,
      String destination,
      Withdrawal.State state,
      Instant createdAt,
      @Nullable Instant decidedAt,
      @Nullable String reason) {
    static WithdrawalView of(Withdrawal withdrawal) {
      return new WithdrawalView(
          withdrawal.id(),
          withdrawal.account(),
          withdrawal.amount().decimal(),
          withdrawal.amount().currency(),
          withdrawal.destination(),
          withdrawal.state(),
          withdrawal.requestedAt(),
          withdrawal.decidedAt(),
          withdrawal.reason());
    }
  }

  /// A page of them.
  public record Many(
      boolean success, List<WithdrawalView> withdrawals, @Nullable String nextCursor) {
    /// @param found one more than a page where there are more pages
    static Many of(List<Withdrawal> found, int size, Function<UUID, String> cursor) {
      List<Withdrawal> page = found.subList(0, Math.min(size, found.size()));
      String next = found.size() > size ? cursor.apply(page.getLast().id()) : null;
      return new Many(true, page.stream().map(WithdrawalView::of).toList(), next);
    }
  }
}
