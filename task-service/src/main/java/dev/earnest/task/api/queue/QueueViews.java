package dev.earnest.task.api.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.task.api.queue.QueueTask.QueueArtifact;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Delivery;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.QueuedTask;
import dev.earnest.task.domain.StoredJson;
import dev.earnest.task.domain.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Shows tasks in the words of an agent's queue.
@ApplicationScoped
class QueueViews {
  private static final int ALL = 100;

  private final QueueAddress address;
  private final StoredJson json;
  private final CurrentCaller caller;

  QueueViews(QueueAddress address, StoredJson json, CurrentCaller caller) {
    this.address = address;
    this.json = json;
    this.caller = caller;
  }

  /// @param submitted what waits has an estimate; what started at once did so when it did
  SubmittedTask submitted(UUID agentId, QueuedTask submitted) {
    Task task = submitted.task();
    @Nullable Instant estimate = submitted.estimatedStart();
    String url = address.of(agentId, task.id());
    return new SubmittedTask(
        task.id(),
        QueueStatus.QUEUED,
        task.createdAt(),
        estimate == null ? Objects.requireNonNull(task.assignedAt()) : estimate,
        url,
        cancelUrl(url));
  }

  /// @param agentId as the caller addressed it
  QueueTask show(UUID agentId, QueuedTask queued) {
    Task task = queued.task();
    Brief brief = task.brief();
    QueueStatus status = QueueStatus.of(task.state());
    @Nullable Delivery delivery =
        queued.deliveries().isEmpty() ? null : queued.deliveries().getLast();
    boolean mine = mayReadPrivateFields(task);
    String url = address.of(agentId, task.id());
    return new QueueTask(
        task.id(),
        task.agentId(),
        status,
        brief.description(),
        priority(task),
        task.createdAt(),
        status == QueueStatus.QUEUED ? null : task.assignedAt(),
        progress(task, status),
        task.progressMessage(),
        task.stage(),
        queued.estimatedStart(),
        queued.question(),
        status == QueueStatus.COMPLETED ? task.finishedAt() : null,
        task.finishedAt(),
        delivery == null ? null : result(delivery),
        delivery == null ? null : artifacts(delivery),
        status == QueueStatus.FAILED ? task.reason() : null,
        task.reason(),
        task.clocks().timeoutSeconds(),
        mine ? json.readOrNull(brief.metadata()) : null,
        task.callbackUrl() == null ? "poll" : "webhook",
        mine ? task.callbackUrl() : null,
        url,
        cancelUrl(url));
  }

  private static String cancelUrl(String url) {
    return url + "/cancel";
  }

  private static int priority(Task task) {
    @Nullable Integer submitted = task.labels().queuePriority();
    return submitted == null ? number(task.brief().priority()) : submitted;
  }

  private static int number(Priority priority) {
    return switch (priority) {
      case LOW -> 2;
      case NORMAL -> 5;
      case HIGH -> 8;
      case URGENT -> 10;
    };
  }

  private static int progress(Task task, QueueStatus status) {
    if (status == QueueStatus.COMPLETED) {
      return ALL;
    }
    return task.progress() == null ? 0 : task.progress();
  }

  private static @Nullable JsonNode result(Delivery delivery) {
    if (delivery.output() != null) {
      return delivery.output();
    }
    return delivery.resultSummary() == null ? null : new TextNode(delivery.resultSummary());
  }

  private static @Nullable List<QueueArtifact> artifacts(Delivery delivery) {
    return delivery.artifacts().isEmpty()
        ? null
        : delivery.artifacts().stream()
            .map(one -> new QueueArtifact(one.type(), one.title(), one.url(), one.description()))
            .toList();
  }

  /// The buyer's own tracking data and address (which may carry a secret) are for the buyer.
  private boolean mayReadPrivateFields(Task task) {
    Caller reader = caller.get();
    return reader.isAdmin() || reader.account().equals(task.buyer());
  }
}
