package dev.earnest.escrow.messaging;

import dev.earnest.escrow.domain.TaskFacts;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this service reads of task-service's events, and nothing else of them.
final class TaskHeard {
  private TaskHeard() {}

  /// The part that all of them have.
  @RegisterForReflection
  record Task(
      UUID id,
      String buyer,
      @Nullable String agentAccount,
      @Nullable String team,
      @Nullable List<String> assignees,
      @Nullable List<String> followers,
      String status,
      int version,
      int attempt) {
    Task {
      Objects.requireNonNull(id, "task.id");
      Objects.requireNonNull(buyer, "task.buyer");
      Objects.requireNonNull(status, "task.status");
    }

    TaskFacts facts() {
      List<String> readers =
          Stream.of(assignees, followers)
              .filter(Objects::nonNull)
              .flatMap(List::stream)
              .distinct()
              .toList();
      return new TaskFacts(id, buyer, agentAccount, team, readers, status, version);
    }
  }

  @RegisterForReflection
  record Any(Task task) {
    Any {
      Objects.requireNonNull(task, "task");
    }
  }

  @RegisterForReflection
  record Created(Task task, BigDecimal budget, String currency, @Nullable Key apiKey) {
    Created {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(budget, "budget");
      Objects.requireNonNull(currency, "currency");
    }
  }

  /// The API key that the task was made with, and its caps.
  @RegisterForReflection
  record Key(UUID id, @Nullable BigDecimal perTask, @Nullable BigDecimal perDay) {
    Key {
      Objects.requireNonNull(id, "apiKey.id");
    }
  }

  @RegisterForReflection
  record Assigned(Task task, BigDecimal price, String currency) {
    Assigned {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(price, "price");
      Objects.requireNonNull(currency, "currency");
    }
  }

  /// task.completed, task.cancelled, task.failed, task.expired; and task.state_reported, which may
  /// be of any state.
  @RegisterForReflection
  record Ended(
      Task task,
      @Nullable String reason,
      @Nullable String payee,
      BigDecimal price,
      String currency,
      @Nullable Ruling ruling) {
    Ended {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(price, "price");
      Objects.requireNonNull(currency, "currency");
    }
  }

  @RegisterForReflection
  record Ruling(UUID disputeId, String resolution, BigDecimal refundPercentage) {
    Ruling {
      Objects.requireNonNull(disputeId, "ruling.disputeId");
      Objects.requireNonNull(resolution, "ruling.resolution");
      Objects.requireNonNull(refundPercentage, "ruling.refundPercentage");
    }
  }
}
