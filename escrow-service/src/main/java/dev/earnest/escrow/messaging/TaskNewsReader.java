package dev.earnest.escrow.messaging;

import dev.earnest.escrow.domain.ApiKey;
import dev.earnest.escrow.domain.HoldCommand;
import dev.earnest.escrow.domain.SpendCaps;
import dev.earnest.escrow.domain.TaskNews;
import dev.earnest.escrow.messaging.TaskHeard.Any;
import dev.earnest.escrow.messaging.TaskHeard.Assigned;
import dev.earnest.escrow.messaging.TaskHeard.Created;
import dev.earnest.escrow.messaging.TaskHeard.Ended;
import dev.earnest.escrow.messaging.TaskHeard.Key;
import dev.earnest.escrow.messaging.TaskHeard.Ruling;
import dev.earnest.kit.event.Event;
import dev.earnest.kit.money.Money;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says what an event of task-service asks of the task's money.
final class TaskNewsReader {
  private TaskNewsReader() {}

  /// Empty for what is not about a task.
  static Optional<TaskNews> read(Event event) {
    return switch (event.type()) {
      case "earnest.task.created.v1" -> Optional.of(created(event.as(Created.class)));
      case "earnest.task.assigned.v1" -> Optional.of(assigned(event.as(Assigned.class)));
      case "earnest.task.completed.v1" -> Optional.of(completed(event.as(Ended.class)));
      case "earnest.task.cancelled.v1", "earnest.task.failed.v1", "earnest.task.expired.v1" ->
          Optional.of(refunded(event.as(Ended.class)));
      case "earnest.task.state_reported.v1" -> Optional.of(reported(event.as(Ended.class)));
      case "earnest.task.disputed.v1" -> Optional.of(news(event, new HoldCommand.Freeze()));
      case "earnest.task.redelivery_started.v1" -> Optional.of(news(event, new HoldCommand.Thaw()));
      case String type when type.startsWith("earnest.task.") -> Optional.of(news(event, null));
      default -> Optional.empty();
    };
  }

  private static TaskNews created(Created created) {
    Money budget = Money.of(created.budget(), created.currency());
    HoldCommand fund = budget.isZero() ? null : new HoldCommand.Fund(budget, key(created));
    return new TaskNews(created.task().facts(), fund, created.currency());
  }

  private static @Nullable ApiKey key(Created created) {
    Key key = created.apiKey();
    return key == null
        ? null
        : new ApiKey(
            key.id(),
            new SpendCaps(
                cap(key.perTask(), created.currency()), cap(key.perDay(), created.currency())));
  }

  private static @Nullable Money cap(@Nullable BigDecimal cap, String currency) {
    return cap == null ? null : Money.of(cap, currency);
  }

  private static TaskNews assigned(Assigned assigned) {
    Money price = Money.of(assigned.price(), assigned.currency());
    HoldCommand agree = new HoldCommand.Agree(price, assigned.task().attempt());
    return new TaskNews(assigned.task().facts(), agree, assigned.currency());
  }

  private static TaskNews completed(Ended ended) {
    String payee = ended.payee() == null ? ended.task().agentAccount() : ended.payee();
    return ended(ended, new HoldCommand.Release(payee, price(ended)), payee);
  }

  private static TaskNews refunded(Ended ended) {
    String reason =
        ended.reason() == null ? ended.task().status().toLowerCase(Locale.ROOT) : ended.reason();
    return ended(ended, new HoldCommand.Refund(reason), ended.payee());
  }

  /// What the task's state asks of its money: what the event that led to it would have asked.
  private static TaskNews reported(Ended ended) {
    TaskNews as =
        switch (ended.task().status()) {
          case "COMPLETED" -> completed(ended);
          case "FAILED", "CANCELLED", "EXPIRED" -> refunded(ended);
          case "DISPUTED" -> live(ended, new HoldCommand.Freeze());
          case "PENDING", "MATCHING" -> live(ended, null);
          default -> live(ended, new HoldCommand.Agree(price(ended), ended.task().attempt()));
        };
    return new TaskNews(
        as.task(), new HoldCommand.Align(ended.task().status(), as.command()), as.currency());
  }

  private static TaskNews live(Ended ended, @Nullable HoldCommand command) {
    return new TaskNews(ended.task().facts(), command, ended.currency());
  }

  private static Money price(Ended ended) {
    return Money.of(ended.price(), ended.currency());
  }

  /// A ruling goes before what the task's end alone would mean.
  private static TaskNews ended(Ended ended, HoldCommand command, @Nullable String payee) {
    Ruling ruling = ended.ruling();
    HoldCommand what =
        ruling == null
            ? command
            : new HoldCommand.Settle(
                payee, ruling.disputeId(), ruling.resolution(), ruling.refundPercentage());
    return new TaskNews(ended.task().facts(), what, ended.currency());
  }

  private static TaskNews news(Event event, @Nullable HoldCommand command) {
    return new TaskNews(event.as(Any.class).task().facts(), command, Money.USDC);
  }
}
