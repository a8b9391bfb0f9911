package dev.earnest.escrow.domain;

import dev.earnest.kit.event.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Moves the money of tasks as task-service's events say; the only way that a task's money moves.
///
/// Events come in batches and a batch is one transaction. What it needs is locked and read at its
/// start, decided in memory event by event, and written at its end.
@ApplicationScoped
public class TaskMoney {
  private final TaskRepository tasks;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Fees fees;

  public TaskMoney(TaskRepository tasks, Ledger ledger, Outbox outbox, Fees fees) {
    this.tasks = tasks;
    this.ledger = ledger;
    this.outbox = outbox;
    this.fees = fees;
  }

  /// Locks the tasks of a batch, in order, and then the accounts that it may touch, in theirs.
  @Transactional(Transactional.TxType.MANDATORY)
  public MoneyBatch open(Collection<TaskNews> news) {
    Map<UUID, TaskFacts> facts = new HashMap<>();
    Map<UUID, Hold> holds = new HashMap<>();
    for (TaskRepository.Known known :
        tasks.lock(news.stream().map(one -> one.task().id()).toList())) {
      facts.put(known.task().id(), known.task());
      if (known.hold() != null) {
        holds.put(known.task().id(), known.hold());
      }
    }
    FeeAccounts feeAccounts = new FeeAccounts();
    Book book = ledger.lock(accounts(news, holds.keySet(), feeAccounts));
    return new MoneyBatch(facts, holds, book, fees, feeAccounts, outbox::draft);
  }

  /// Writes what the batch came to.
  @Transactional(Transactional.TxType.MANDATORY)
  public void write(MoneyBatch batch) {
    tasks.writeTasks(batch.learned());
    ledger.write(batch.book());
    tasks.writeHolds(batch.changedHolds());
    outbox.appendDrafts(batch.told());
  }

  /// Tasks without money need no accounts: those whose hold was never asked for, here or before.
  private static Set<AccountKey> accounts(
      Collection<TaskNews> news, Set<UUID> asked, FeeAccounts feeAccounts) {
    Set<UUID> withMoney = new HashSet<>(asked);
    Set<AccountKey> accounts = new LinkedHashSet<>();
    for (TaskNews one : news) {
      if (one.command() instanceof HoldCommand.Fund) {
        withMoney.add(one.task().id());
      }
      if (withMoney.contains(one.task().id())) {
        touched(one, feeAccounts).forEach(accounts::add);
      }
    }
    return accounts;
  }

  private static Stream<AccountKey> touched(TaskNews news, FeeAccounts feeAccounts) {
    String currency = news.currency();
    AccountKey buyer = AccountKey.wallet(news.task().buyer(), currency);
    AccountKey escrow = AccountKey.escrow(news.task().id(), currency);
    return switch (news.command()) {
      case null -> Stream.of();
      case HoldCommand.Freeze _, HoldCommand.Thaw _ -> Stream.of();
      case HoldCommand.Fund _, HoldCommand.Agree _, HoldCommand.Refund _ ->
          Stream.of(buyer, escrow);
      case HoldCommand.Release release ->
          Stream.concat(
              Stream.of(escrow, feeAccounts.of(currency)), wallet(release.payee(), currency));
      case HoldCommand.Settle settle ->
          Stream.concat(
              Stream.of(buyer, escrow, feeAccounts.of(currency)), wallet(settle.payee(), currency));
    };
  }

  private static Stream<AccountKey> wallet(@Nullable String account, String currency) {
    return Stream.ofNullable(account).map(name -> AccountKey.wallet(name, currency));
  }
}
