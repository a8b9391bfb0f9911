package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Wallet;
import java.math.BigDecimal;

public record WalletAnswer(boolean success, WalletView wallet) {
  static WalletAnswer of(Wallet wallet) {
    return new WalletAnswer(
        true,
        new WalletView(
            wallet.account(),
            wallet.available().currency(),
            wallet.available().decimal(),
            wallet.held().decimal(),
            wallet.pending().decimal()));
  }

  public record WalletView(
      String account, String currency, BigDecimal available, BigDecimal held, BigDecimal pending) {}
}
