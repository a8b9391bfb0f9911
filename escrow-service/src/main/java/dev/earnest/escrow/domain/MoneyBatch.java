package dev.earnest.escrow.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.problem.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A batch of task news being decided, in memory. Each event sees what the ones before it left.
public final class MoneyBatch {
  private final Map<UUID, TaskFacts> facts;
  private final Map<UUID, Hold> holds;
  private final Book book;
  private final Fees fees;
  private final FeeAccounts feeAccounts;
  private final Function<EscrowEvent, Outbox.Draft> drafts;
  private final Map<UUID, TaskFacts> learned = new LinkedHashMap<>();
  private final Map<UUID, Hold> changedHolds = new LinkedHashMap<>();
  private final List<Outbox.Draft> told = new ArrayList<>();

  MoneyBatch(
      Map<UUID, TaskFacts> facts,
      Map<UUID, Hold> holds,
      Book book,
      Fees fees,
      FeeAccounts feeAccounts,
      Function<EscrowEvent, Outbox.Draft> drafts) {
    this.facts = facts;
    this.holds = holds;
    this.book = book;
    this.fees = fees;
    this.feeAccounts = feeAccounts;
    this.drafts = drafts;
  }

  /// What task-service says of its task is always taken; what it asks of the money may be refused.
  ///
  /// @throws Refusal 409 when the state of the money does not allow what is asked
  public void apply(TaskNews news) {
    TaskFacts task = learn(news.task());
    @Nullable HoldCommand command = news.command();
    if (command == null) {
      return;
    }
    if (command instanceof HoldCommand.Fund && task.isFinal()) {
      throw Refusal.conflict("task_final", "The task is over; nothing is held for it any more.");
    }
    Hold hold = holds.getOrDefault(task.id(), Hold.none(task.id(), task.buyer(), news.currency()));
    Terms terms = new Terms(fees, feeAccounts.of(news.currency()), book::balance);
    HoldDecision decision = HoldLifecycle.decide(hold, command, terms);
    decision.transfers().forEach(book::post);
    decision.events().forEach(event -> told.add(drafts.apply(event)));
    if (!decision.next().equals(hold)) {
      holds.put(task.id(), decision.next());
      changedHolds.put(task.id(), decision.next());
    }
  }

  private TaskFacts learn(TaskFacts news) {
    @Nullable TaskFacts known = facts.get(news.id());
    if (known != null && !news.tellsMoreThan(known)) {
      return known;
    }
    facts.put(news.id(), news);
    learned.put(news.id(), news);
    return news;
  }

  Collection<TaskFacts> learned() {
    return learned.values();
  }

  Book book() {
    return book;
  }

  Collection<Hold> changedHolds() {
    return changedHolds.values();
  }

  List<Outbox.Draft> told() {
    return told;
  }
}
