package dev.earnest.escrow.domain;

import dev.earnest.kit.event.AfterCommit;
import dev.earnest.kit.event.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final SpendingTable spending;
  private final Reconciliations reconciliations;
  private final AfterCommit afterCommit;
  private final MeterRegistry meters;
  private final InstantSource clock;

  TaskMoney(
      TaskRepository tasks,
      Ledger ledger,
      Outbox outbox,
      Fees fees,
      SpendingTable spending,
      Reconciliations reconciliations,
      AfterCommit afterCommit,
      MeterRegistry meters,
      InstantSource clock) {
    this.tasks = tasks;
    this.ledger = ledger;
    this.outbox = outbox;
    this.fees = fees;
    this.spending = spending;
    this.reconciliations = reconciliations;
    this.afterCommit = afterCommit;
    this.meters = meters;
    this.clock = clock;
  }

  /// Locks the tasks of a batch, in order, then what its buyers have spent, in theirs, and then the
  /// accounts that it may touch, in theirs.
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
    Map<Spender.Id, Spending.Standing> spent = spending.lock(spenders(news));
    Book book = ledger.lock(accounts(news, holds.keySet(), feeAccounts));
    return new MoneyBatch(
        facts, holds, book, fees, feeAccounts, new Spending(spent, clock.instant()), telling());
  }

  private Telling telling() {
    List<Outbox.Draft> drafts = new ArrayList<>();
    return new Telling() {
      @Override
      public void draft(EscrowEvent event) {
        drafts.add(outbox.draft(event));
      }

      @Override
      public void append() {
        outbox.appendDrafts(drafts);
      }
    };
  }

  /// Writes what the batch came to.
  @Transactional(Transactional.TxType.MANDATORY)
  public void write(MoneyBatch batch) {
    tasks.writeTasks(batch.learned());
    ledger.write(batch.book(), batch.spending().now());
    spending.write(batch.spending());
    tasks.writeHolds(batch.changedHolds());
    reconciliations.write(batch.answers());
    reconciliations.askSoon(batch.leftBehind());
    batch.telling().append();
    if (!batch.refusals().isEmpty()) {
      afterCommit.run(() -> batch.refusals().forEach(this::count));
    }
  }

  private void count(String refusal) {
    meters.counter("earnest.holds.refused", "reason", refusal).increment();
  }

  private static List<Spender> spenders(Collection<TaskNews> news) {
    return news.stream()
        .flatMap(one ->
            one.command() instanceof HoldCommand.Fund fund
                ? Spender.of(one.task().buyer(), fund.key()).stream()
                : Stream.of())
        .toList();
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
    AccountKey fee = feeAccounts.of(currency);
    return touched(news.command(), List.of(buyer, escrow), fee);
  }

  private static Stream<AccountKey> touched(
      @Nullable HoldCommand command, List<AccountKey> sides, AccountKey fee) {
    return switch (command) {
      case null -> Stream.of();
      case HoldCommand.Freeze _, HoldCommand.Thaw _ -> Stream.of();
      case HoldCommand.Fund _, HoldCommand.Agree _, HoldCommand.Refund _ -> sides.stream();
      case HoldCommand.Release release -> paid(sides, fee, release.payee());
      case HoldCommand.Settle settle -> paid(sides, fee, settle.payee());
      case HoldCommand.Align align -> touched(align.wanted(), sides, fee);
    };
  }

  private static Stream<AccountKey> paid(
      List<AccountKey> sides, AccountKey fee, @Nullable String payee) {
    Stream<AccountKey> wallet =
        Stream.ofNullable(payee).map(name -> AccountKey.wallet(name, fee.currency()));
    return Stream.concat(Stream.concat(sides.stream(), Stream.of(fee)), wallet);
  }
}
