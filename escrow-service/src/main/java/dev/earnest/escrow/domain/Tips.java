package dev.earnest.escrow.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.id.JustCreated;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.KnownTeams;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pays agents what their buyers give on top of the price: from wallet to wallet, whole, no fee.
@ApplicationScoped
public class Tips {
  private static final Set<String> WHILE = Set.of("EXECUTING", "DELIVERED", "COMPLETED");

  private static final String TIPPED =
      """
      SELECT coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0)
      FROM transfers t JOIN entries e ON e.transfer_id = t.id
      WHERE t.task_id = ? AND t.kind IN ('TIP', 'BONUS')
      """;

  private final TaskRepository tasks;
  private final SpendingTable spendings;
  private final Ledger ledger;
  private final Outbox outbox;
  private final KnownTeams teams;
  private final JustCreated justCreated;
  private final Ids ids;
  private final Sql sql;
  private final InstantSource clock;

  Tips(
      TaskRepository tasks,
      SpendingTable spendings,
      Ledger ledger,
      Outbox outbox,
      KnownTeams teams,
      JustCreated justCreated,
      Ids ids,
      Sql sql,
      InstantSource clock) {
    this.tasks = tasks;
    this.spendings = spendings;
    this.ledger = ledger;
    this.outbox = outbox;
    this.teams = teams;
    this.justCreated = justCreated;
    this.ids = ids;
    this.sql = sql;
    this.clock = clock;
  }

  /// Only the task's buyer, only to its agent.
  ///
  /// @throws Refusal 404 when the caller may not see the task, 403 when it is not the buyer, 409
  ///     `illegal_tip` with the state when there is no agent at work or done with it, `own_agent` when
  ///     buyer and agent are one account, `spend_cap`, `insufficient_funds`
  public Tip pay(UUID task, Caller caller, Tip.Request request) {
    return justCreated
        .find(task, () -> visible(task, caller))
        .map(_ -> QuarkusTransaction.joiningExisting().call(() -> pay(request, task, caller)))
        .orElseThrow(() -> Refusal.notFound("task"));
  }

  private Optional<TaskFacts> visible(UUID task, Caller caller) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> tasks.find(task))
        .map(TaskRepository.Known::task)
        .filter(found -> teams.maySee(found.team(), found.isVisibleTo(caller), caller));
  }

  private Tip pay(Tip.Request request, UUID task, Caller caller) {
    TaskRepository.Known known = tasks.lock(List.of(task)).getFirst();
    return pay(request, known, payee(known.task(), caller), ApiKey.of(caller));
  }

  private static String payee(TaskFacts task, Caller caller) {
    if (!caller.account().equals(task.buyer())) {
      throw Refusal.forbidden("Only the task's buyer pays its agent.");
    }
    String payee = task.agentAccount();
    if (payee == null || !WHILE.contains(task.status())) {
      throw new IllegalMove(
          "illegal_tip",
          task.status(),
          "Nobody can be tipped for a task that is " + task.status() + ".");
    }
    if (payee.equals(task.buyer())) {
      throw Refusal.conflict("own_agent", "The agent belongs to the buyer.");
    }
    return payee;
  }

  private Tip pay(
      Tip.Request request, TaskRepository.Known known, String payee, @Nullable ApiKey key) {
    TaskFacts task = known.task();
    Money amount = request.amount();
    List<Spender> spenders = Spender.of(task.buyer(), key);
    var spent = spendings.lock(spenders);
    AccountKey from = AccountKey.wallet(task.buyer(), amount.currency());
    AccountKey to = AccountKey.wallet(payee, amount.currency());
    Book book = ledger.lock(List.of(from, to));
    Spending spending = new Spending(spent, clock.instant());
    spending
        .refuses(spenders, amount, costs(known).plus(amount))
        .ifPresent(why -> {
          throw Refusal.conflict(HoldRefusal.SPEND_CAP.code(), why);
        });
    UUID id =
        book.post(
            Transfer.from(
                    from,
                    request.kind(),
                    task.id() + "/" + ids.next(),
                    task.id(),
                    new Transfer.Part(to, amount))
                .noted(request.note()));
    spending.spend(spenders, amount);
    ledger.write(book, spending.now());
    spendings.write(spending);
    Tip tip =
        new Tip(
            id,
            task.id(),
            request.kind(),
            task.buyer(),
            payee,
            amount,
            request.note(),
            spending.now());
    outbox.append(tipped(tip));
    return tip;
  }

  /// What the task has cost its buyer so far.
  private Money costs(TaskRepository.Known known) {
    UUID task = known.task().id();
    Hold hold =
        Objects.requireNonNullElse(known.hold(), Hold.none(task, known.task().buyer(), Money.USDC));
    long tipped = sql.query(TIPPED, row -> row.getLong(1), task).getFirst();
    return hold.held().minus(hold.refunded()).plus(new Money(tipped, hold.currency()));
  }

  private static EscrowEvent tipped(Tip tip) {
    return new EscrowEvent.Tipped(
        tip.task(),
        tip.payer(),
        tip.amount().decimal(),
        tip.amount().currency(),
        tip.payee(),
        tip.id(),
        tip.kind().name(),
        tip.note());
  }
}
