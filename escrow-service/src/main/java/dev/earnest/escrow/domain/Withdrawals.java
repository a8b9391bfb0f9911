package dev.earnest.escrow.domain;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Brings money out of wallets. What is asked for leaves the wallet at once and waits; an admin
/// confirms it, or rejects it and it goes back. Once decided it stays so.
@ApplicationScoped
public class Withdrawals {
  private final PaymentProvider provider;
  private final WithdrawalTable table;
  private final Ledger ledger;
  private final Ids ids;
  private final InstantSource clock;

  Withdrawals(
      PaymentProvider provider,
      WithdrawalTable table,
      Ledger ledger,
      Ids ids,
      InstantSource clock) {
    this.provider = provider;
    this.table = table;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws Refusal 409 `insufficient_funds`
  public Withdrawal request(String account, Money amount, String destination) {
    Withdrawal withdrawal =
        new Withdrawal(
            ids.next(),
            account,
            amount,
            destination,
            provider.name(),
            Withdrawal.State.PENDING,
            clock.instant(),
            null,
            null,
            null);
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          table.insert(withdrawal);
          move(withdrawal, TransferKind.WITHDRAWAL, wallet(withdrawal), pending(withdrawal));
        });
    return withdrawal;
  }

  /// @param reason what the admin has to say to it
  /// @throws Refusal 404 when there is none, 409 `illegal_withdrawal_move` with the state when it is
  ///     decided, and whatever the payment provider says
  public Withdrawal confirm(UUID id, String admin, @Nullable String reason) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> {
          Withdrawal withdrawal = lockPending(id);
          provider.payOut(withdrawal);
          AccountKey outside =
              AccountKey.anyOutside(withdrawal.provider(), withdrawal.amount().currency());
          move(withdrawal, TransferKind.WITHDRAWAL_CONFIRMED, pending(withdrawal), outside);
          return decide(withdrawal, Withdrawal.State.CONFIRMED, admin, reason);
        });
  }

  /// As [#confirm].
  public Withdrawal reject(UUID id, String admin, @Nullable String reason) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> {
          Withdrawal withdrawal = lockPending(id);
          provider.cancel(withdrawal);
          move(
              withdrawal,
              TransferKind.WITHDRAWAL_REJECTED,
              pending(withdrawal),
              wallet(withdrawal));
          return decide(withdrawal, Withdrawal.State.REJECTED, admin, reason);
        });
  }

  /// Of one account, newest first.
  @Transactional
  public List<Withdrawal> of(String account, @Nullable UUID last, int limit) {
    return table.of(account, last, limit);
  }

  /// Of everybody, in one state, oldest first.
  @Transactional
  public List<Withdrawal> in(Withdrawal.State state, @Nullable UUID last, int limit) {
    return table.in(state, last, limit);
  }

  private Withdrawal lockPending(UUID id) {
    Withdrawal withdrawal = table.lock(id).orElseThrow(() -> Refusal.notFound("withdrawal"));
    if (withdrawal.state() != Withdrawal.State.PENDING) {
      throw new IllegalMove(
          "illegal_withdrawal_move",
          withdrawal.state().name(),
          "The withdrawal is " + withdrawal.state() + " already.");
    }
    return withdrawal;
  }

  private void move(Withdrawal withdrawal, TransferKind kind, AccountKey from, AccountKey to) {
    Book book = ledger.lock(List.of(from, to));
    book.post(
        Transfer.from(
            from,
            kind,
            withdrawal.id().toString(),
            null,
            new Transfer.Part(to, withdrawal.amount())));
    ledger.write(book);
  }

  private Withdrawal decide(
      Withdrawal pending, Withdrawal.State state, String admin, @Nullable String reason) {
    Withdrawal decided =
        new Withdrawal(
            pending.id(),
            pending.account(),
            pending.amount(),
            pending.destination(),
            pending.provider(),
            state,
            pending.requestedAt(),
            clock.instant(),
            admin,
            reason);
    table.decide(decided);
    return decided;
  }

  private static AccountKey wallet(Withdrawal withdrawal) {
    return AccountKey.wallet(withdrawal.account(), withdrawal.amount().currency());
  }

  private static AccountKey pending(Withdrawal withdrawal) {
    return new AccountKey(
        AccountKind.PENDING_WITHDRAWAL, withdrawal.account(), withdrawal.amount().currency());
  }
}
