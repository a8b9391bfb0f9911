package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every payment provider must do. A new one is tested by a subclass that names it and makes
/// money arrive.
abstract class PaymentProviderContract extends EscrowTests {
  private static final Money TEN = new Money(10_000_000, Money.USDC);

  @Inject Ledger ledger;
  @Inject Sql sql;
  @Inject WithdrawalTable table;
  @Inject Ids ids;
  @Inject InstantSource clock;
  @Inject PlatformAccounts accounts;

  private String account = "";

  /// The provider under test.
  abstract PaymentProvider provider();

  /// Makes a payment arrive there.
  abstract void arrives(Deposit deposit);

  @BeforeEach
  void newAccount() {
    account = someone("account");
  }

  @Test
  void itsNameIsShortAndStays() {
    assertThat(provider().name()).matches("[a-z][a-z0-9-]{0,30}").isEqualTo(provider().name());
  }

  @Test
  void confirmedDepositIsCountedOnceHoweverOftenItIsPosted() {
    Deposit deposit = arrived();

    List.of(false, true, true)
        .forEach(repeated -> assertThat(deposits().post(deposit).repeated()).isEqualTo(repeated));

    assertThat(wallet(account)).isEqualTo("10.00 available, 0.00 held");
  }

  @Test
  void itsOutsideAccountsAreWhatCameInAndDidNotGoOut() {
    long before = outside();

    deposits().post(arrived());
    deposits().post(arrived());
    Withdrawal withdrawal = withdrawals().request(account, TEN, "bank");
    withdrawals().confirm(withdrawal.id(), "root", null);

    assertThat(outside() - before).isEqualTo(-TEN.micros());
  }

  @Test
  void payingOutAgainAsAfterACrashPaysOnceAndIsNoError() {
    deposits().post(arrived());
    Withdrawal withdrawal = withdrawals().request(account, TEN, "bank");
    provider().payOut(withdrawal);

    Withdrawal confirmed = withdrawals().confirm(withdrawal.id(), "root", null);

    assertThat(confirmed.state()).isEqualTo(Withdrawal.State.CONFIRMED);
    assertThat(confirmed.provider()).isEqualTo(provider().name());
    assertPaid(withdrawal, 1);
  }

  @Test
  void rejectedWithdrawalIsNeverPaid() {
    deposits().post(arrived());
    Withdrawal withdrawal = withdrawals().request(account, TEN, "bank");
    provider().cancel(withdrawal);
    withdrawals().reject(withdrawal.id(), "root", "no such bank");

    assertThatThrownBy(() -> withdrawals().confirm(withdrawal.id(), "root", null))
        .isInstanceOf(IllegalMove.class);

    assertThat(wallet(account)).isEqualTo("10.00 available, 0.00 held");
    assertPaid(withdrawal, 0);
  }

  /// How often it was paid, where a provider can be asked.
  void assertPaid(Withdrawal withdrawal, int times) {}

  Deposits deposits() {
    return new Deposits(provider(), ledger, sql);
  }

  Withdrawals withdrawals() {
    return new Withdrawals(provider(), table, ledger, ids, clock);
  }

  Deposit arrived() {
    Deposit deposit = new Deposit(account, TEN, UUID.randomUUID().toString());
    arrives(deposit);
    return deposit;
  }

  private long outside() {
    return accounts.sums().stream()
        .filter(sum -> provider().name().equals(sum.provider()))
        .mapToLong(sum -> sum.balance().micros())
        .sum();
  }
}
