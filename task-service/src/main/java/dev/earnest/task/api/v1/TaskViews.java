package dev.earnest.task.api.v1;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.StoredJson;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskAndWork;
import dev.earnest.task.domain.TaskInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows tasks.
@ApplicationScoped
class TaskViews {
  private final StoredJson json;
  private final CurrentCaller caller;

  TaskViews(StoredJson json, CurrentCaller caller) {
    this.json = json;
    this.caller = caller;
  }

  TaskAnswer answer(Task task) {
    return new TaskAnswer(true, view(task));
  }

  TaskAnswer answer(TaskAndWork task) {
    @Nullable TaskInput input = task.input().orElse(null);
    return new TaskAnswer(true, view(task.task(), input, task.deliveries()));
  }

  /// A task as lists show it.
  TaskView view(Task task) {
    return view(task, null, null);
  }

  private TaskView view(Task task, @Nullable TaskInput input, @Nullable List<Delivery> deliveries) {
    Brief brief = task.brief();
    boolean isPrivate = !mayReadPrivateFields(task);
    String path = "/api/v1/tasks/" + task.id();
    return new TaskView(
        task.id(),
        brief.title(),
        brief.description(),
        brief.category() == null ? null : brief.category().name(),
        brief.capability(),
        task.state(),
        task.previousState(),
        task.budget().decimal(),
        task.price().decimal(),
        task.budget().currency(),
        task.isFunded(),
        brief.priority().name(),
        Words.lower(task.mode()),
        task.review().name(),
        task.buyer(),
        task.agentId(),
        task.attempt(),
        task.maxAttempts(),
        task.progress(),
        task.progressMessage(),
        task.stage(),
        json.readOrNull(brief.requirements()),
        brief.requiredSkills(),
        input == null ? null : json.readOrNull(input.input()),
        input == null ? null : json.readOrNull(input.outputSchema()),
        deliveries == null || deliveries.isEmpty() ? null : deliveries.getLast().output(),
        json.readOrNull(task.matchScore()),
        decimal(task.budgetMin()),
        decimal(task.budgetMax()),
        task.proposalDeadline(),
        task.proposalDeadline() == null ? null : path + "/proposals",
        task.retryOf(),
        isPrivate ? null : json.readOrNull(brief.metadata()),
        isPrivate ? null : task.callbackUrl(),
        task.revisions(),
        task.rating(),
        task.reviewText(),
        task.reason(),
        task.disputeId(),
        task.clocks().expiresAt(),
        task.clocks().leaseUntil(),
        task.clocks().deadline(),
        task.clocks().reviewUntil(),
        deliveries,
        task.createdAt(),
        task.updatedAt(),
        task.assignedAt(),
        task.finishedAt(),
        path + "/stream");
  }

  private static @Nullable BigDecimal decimal(@Nullable Money amount) {
    return amount == null ? null : amount.decimal();
  }

  /// The buyer's own tracking data and address (which may carry a secret) are for the buyer.
  private boolean mayReadPrivateFields(Task task) {
    Caller reader = caller.get();
    return reader.isAdmin() || reader.account().equals(task.buyer());
  }
}
