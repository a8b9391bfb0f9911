package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A provider that keeps books of its own, as a real one does, can be told apart from one that merely
/// says yes: it passes the contract, and what it refuses moves nothing.
@QuarkusTest
class BankPaymentsTest extends PaymentProviderContract {
  private final Bank bank = new Bank();

  @Override
  PaymentProvider provider() {
    return bank;
  }

  @Override
  void arrives(Deposit deposit) {
    bank.arrived.add(deposit);
  }

  @Override
  void assertPaid(Withdrawal withdrawal, int times) {
    assertThat(bank.paid.getOrDefault(withdrawal.id(), 0)).isEqualTo(times);
  }

  @Test
  void depositThatDidNotArriveIsNotCounted() {
    String account = someone("account");
    Deposit made = new Deposit(account, new Money(5, Money.USDC), UUID.randomUUID().toString());

    assertThatThrownBy(() -> deposits().post(made))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("not_arrived"));

    assertThat(wallet(account)).isEqualTo("0.00 available, 0.00 held");
  }

  @Test
  void withdrawalThatWasPaidOutIsNotRejectedThoughNobodyConfirmedIt() {
    Deposit deposit = arrived();
    deposits().post(deposit);
    Withdrawal withdrawal = withdrawals().request(deposit.account(), deposit.amount(), "bank");
    bank.payOut(withdrawal);

    assertThatThrownBy(() -> withdrawals().reject(withdrawal.id(), "root", null))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("paid_out"));

    withdrawals().confirm(withdrawal.id(), "root", null);
    assertPaid(withdrawal, 1);
  }

  @Test
  void withdrawalThatTheBankRefusesStaysPending() {
    Deposit deposit = arrived();
    deposits().post(deposit);
    Withdrawal withdrawal = withdrawals().request(deposit.account(), deposit.amount(), "bank");
    bank.cancel(withdrawal);

    assertThatThrownBy(() -> withdrawals().confirm(withdrawal.id(), "root", null))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("cancelled"));

    assertThat(withdrawals().of(deposit.account(), null, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.state()).isEqualTo(Withdrawal.State.PENDING));
  }

  private static final class Bank implements PaymentProvider {
    private final Set<Deposit> arrived = new HashSet<>();
    private final Map<UUID, Integer> paid = new HashMap<>();
    private final Set<UUID> cancelled = new HashSet<>();

    @Override
    public String name() {
      return "bank";
    }

    @Override
    public void confirm(Deposit deposit) {
      if (!arrived.contains(deposit)) {
        throw Refusal.conflict("not_arrived", "The bank has not seen it.");
      }
    }

    @Override
    public void payOut(Withdrawal withdrawal) {
      if (cancelled.contains(withdrawal.id())) {
        throw Refusal.conflict("cancelled", "The bank does not pay it any more.");
      }
      paid.putIfAbsent(withdrawal.id(), 1);
    }

    @Override
    public void cancel(Withdrawal withdrawal) {
      if (paid.containsKey(withdrawal.id())) {
        throw Refusal.conflict("paid_out", "The bank has paid it.");
      }
      cancelled.add(withdrawal.id());
    }
  }
}
