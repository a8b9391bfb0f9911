package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Brings money into wallets. A reference counts once, whoever posts it and how often.
@ApplicationScoped
public class Deposits {
  /// Of two posts of one reference the second waits here, before either has locked an account.
  private static final String LOCK_REFERENCE =
      "SELECT pg_advisory_xact_lock(hashtextextended('deposit ' || ?, 0))";

  private static final String FIND =
      """
      SELECT t.id, t.occurred_at, a.owner, a.currency, e.amount
      FROM transfers t
      JOIN entries e ON e.transfer_id = t.id
      JOIN accounts a ON a.id = e.account_id AND a.kind = 'WALLET'
      WHERE t.kind = 'DEPOSIT' AND t.reference = ?
      """;

  private final PaymentProvider provider;
  private final Ledger ledger;
  private final Sql sql;

  Deposits(PaymentProvider provider, Ledger ledger, Sql sql) {
    this.provider = provider;
    this.ledger = ledger;
    this.sql = sql;
  }

  /// Counts a deposit; the same one again is answered as it was, and moves nothing.
  ///
  /// @throws Refusal 409 `reference_used` when the reference belongs to another deposit
  public DepositReceipt post(Deposit deposit) {
    provider.confirm(deposit);
    return QuarkusTransaction.joiningExisting().call(() -> write(deposit));
  }

  private DepositReceipt write(Deposit deposit) {
    sql.query(LOCK_REFERENCE, _ -> true, deposit.reference());
    Optional<DepositReceipt> earlier = find(deposit.reference());
    if (earlier.isPresent()) {
      return same(deposit, earlier.get());
    }
    String currency = deposit.amount().currency();
    AccountKey wallet = AccountKey.wallet(deposit.account(), currency);
    AccountKey outside = AccountKey.anyOutside(provider.name(), currency);
    Book book = ledger.lock(List.of(wallet, outside));
    book.post(
        Transfer.from(
            outside,
            TransferKind.DEPOSIT,
            deposit.reference(),
            null,
            new Transfer.Part(wallet, deposit.amount())));
    ledger.write(book);
    return find(deposit.reference()).map(Deposits::fresh).orElseThrow();
  }

  private static DepositReceipt fresh(DepositReceipt receipt) {
    return new DepositReceipt(receipt.id(), receipt.deposit(), receipt.occurredAt(), false);
  }

  private static DepositReceipt same(Deposit deposit, DepositReceipt earlier) {
    if (!earlier.deposit().equals(deposit)) {
      throw Refusal.conflict("reference_used", "The reference belongs to another deposit.");
    }
    return earlier;
  }

  private Optional<DepositReceipt> find(String reference) {
    return sql
        .query(
            FIND,
            row ->
                new DepositReceipt(
                    row.getObject(1, UUID.class),
                    new Deposit(
                        row.getString(3), new Money(row.getLong(5), row.getString(4)), reference),
                    row.getTimestamp(2).toInstant(),
                    true),
            reference)
        .stream()
        .findFirst();
  }
}
