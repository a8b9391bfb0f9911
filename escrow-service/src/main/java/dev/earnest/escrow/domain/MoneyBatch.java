package dev.earnest.escrow.domain;

import dev.earnest.kit.problem.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A batch of task news being decided, in memory. Each event sees what the ones before it left.
public final class MoneyBatch {
  private final Map<UUID, TaskFacts> facts;
  private final Map<UUID, Hold> holds;
  private final Book book;
  private final Fees fees;
  private final FeeAccounts feeAccounts;
  private final Spending spending;
  private final Telling telling;
  private final Map<UUID, TaskFacts> learned = new LinkedHashMap<>();
  private final Map<UUID, Hold> changedHolds = new LinkedHashMap<>();
  private final Map<UUID, Answer> answers = new LinkedHashMap<>();
  private final List<String> refusals = new ArrayList<>();

  MoneyBatch(
      Map<UUID, TaskFacts> facts,
      Map<UUID, Hold> holds,
      Book book,
      Fees fees,
      FeeAccounts feeAccounts,
      Spending spending,
      Telling telling) {
    this.facts = facts;
    this.holds = holds;
    this.book = book;
    this.fees = fees;
    this.feeAccounts = feeAccounts;
    this.spending = spending;
    this.telling = telling;
  }

  /// What task-service says of its task is always taken; what it asks of the money may be refused.
  ///
  /// @throws Refusal 409 when the state of the money does not allow what is asked
  public void apply(TaskNews news) {
    boolean overtaken = isOvertaken(news.task());
    TaskFacts task = learn(news.task());
    @Nullable HoldCommand command = news.command();
    if (command == null) {
      return;
    }
    if (command instanceof HoldCommand.Fund && task.isFinal()) {
      throw Refusal.conflict("task_final", "The task is over; nothing is held for it any more.");
    }
    if (command instanceof HoldCommand.Align && overtaken) {
      throw Refusal.conflict("report_overtaken", "Later news of the task has been heard.");
    }
    Hold hold = holds.getOrDefault(task.id(), Hold.none(task.id(), task.buyer(), news.currency()));
    Terms terms = new Terms(fees, feeAccounts.of(news.currency()), book::balance, spending);
    HoldDecision decision = HoldLifecycle.decide(hold, command, terms);
    decision.transfers().forEach(book::post);
    decision.events().forEach(telling::draft);
    if (command instanceof HoldCommand.Align align) {
      answers.merge(task.id(), Answer.of(task.id(), align, decision), Answer::then);
    }
    if (!decision.next().equals(hold)) {
      holds.put(task.id(), decision.next());
      changedHolds.put(task.id(), decision.next());
    }
    Stream.ofNullable(decision.next().refusal())
        .filter(_ -> hold.isUnasked())
        .forEach(refusals::add);
  }

  private boolean isOvertaken(TaskFacts news) {
    @Nullable TaskFacts known = facts.get(news.id());
    return known != null && news.version() < known.version();
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

  /// Holds of tasks that are over by what was just heard, and whose money is in escrow all the same:
  /// what should have moved it was missed or refused.
  List<UUID> leftBehind() {
    return learned.values().stream()
        .filter(TaskFacts::isFinal)
        .flatMap(task -> Stream.ofNullable(holds.get(task.id())))
        .filter(Hold::isOpen)
        .map(Hold::task)
        .toList();
  }

  Spending spending() {
    return spending;
  }

  /// What task-service reported, and what that did.
  Collection<Answer> answers() {
    return answers.values();
  }

  /// Why holds were refused, one for each.
  List<String> refusals() {
    return refusals;
  }

  Telling telling() {
    return telling;
  }
}
