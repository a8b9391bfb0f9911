package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.AccountKind;
import dev.earnest.escrow.domain.PlatformAccounts;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record LedgerAccountsAnswer(boolean success, List<SumView> accounts) {
  static LedgerAccountsAnswer of(List<PlatformAccounts.Sum> sums) {
    return new LedgerAccountsAnswer(true, sums.stream().map(SumView::of).toList());
  }

  public record SumView(
      AccountKind kind,
      @Nullable String provider,
      BigDecimal balance,
      String currency,
      long accounts) {
    static SumView of(PlatformAccounts.Sum sum) {
      return new SumView(
          sum.kind(),
          sum.provider(),
          sum.balance().decimal(),
          sum.balance().currency(),
          sum.accounts());
    }
  }
}
