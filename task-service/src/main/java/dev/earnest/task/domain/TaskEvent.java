package dev.earnest.task.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.ApiKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What task-service tells the others of a task, on `task.events`. The components of each record
/// are the JSON of its contract.
public sealed interface TaskEvent extends DomainEvent {
  TaskSnapshot task();

  @Override
  default String topic() {
    return Topics.TASK;
  }

  @Override
  default String subject() {
    return task().id().toString();
  }

  /// @param budget in units of the currency
  @RegisterForReflection
  record Created(
      TaskSnapshot task,
      String description,
      @Nullable Category category,
      BigDecimal budget,
      String currency,
      Mode mode,
      Review review,
      Priority priority,
      @Nullable JsonNode requirements,
      List<String> requiredSkills,
      @Nullable KeyCaps apiKey)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.created.v1";
    }
  }

  /// The API key a task was made with, and its spend caps.
  @RegisterForReflection
  record KeyCaps(UUID id, @Nullable BigDecimal perTask, @Nullable BigDecimal perDay) {
    static KeyCaps of(ApiKey key, String currency) {
      return new KeyCaps(
          key.id(), units(key.capPerTask(), currency), units(key.capPerDay(), currency));
    }

    private static @Nullable BigDecimal units(@Nullable Long micros, String currency) {
      return micros == null ? null : new Money(micros, currency).decimal();
    }
  }

  @RegisterForReflection
  record Matching(TaskSnapshot task, Instant matchUntil) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.matching.v1";
    }
  }

  @RegisterForReflection
  record Assigned(
      TaskSnapshot task,
      Hiring how,
      BigDecimal price,
      String currency,
      @Nullable Instant leaseUntil,
      @Nullable Instant deadline,
      @Nullable UUID formerAgent)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.assigned.v1";
    }
  }

  /// @param reason `released` or `timeout`
  @RegisterForReflection
  record Released(TaskSnapshot task, String reason, UUID formerAgent) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.released.v1";
    }
  }

  @RegisterForReflection
  record InputRequested(TaskSnapshot task, String question) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.input_requested.v1";
    }
  }

  @RegisterForReflection
  record InputGiven(
      TaskSnapshot task,
      String message,
      String by,
      @Nullable UUID messageId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode files)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.input_given.v1";
    }
  }

  @RegisterForReflection
  record PutOnHold(TaskSnapshot task) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.put_on_hold.v1";
    }
  }

  @RegisterForReflection
  record Resumed(TaskSnapshot task, @Nullable Instant deadline) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.resumed.v1";
    }
  }

  @RegisterForReflection
  record Progressed(
      TaskSnapshot task,
      @Nullable Integer progress,
      @Nullable String message,
      @Nullable String stage)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.progressed.v1";
    }
  }

  @RegisterForReflection
  record Delivered(TaskSnapshot task, Delivery delivery, Instant reviewUntil, int revision)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.delivered.v1";
    }
  }

  @RegisterForReflection
  record RevisionRequested(
      TaskSnapshot task, @Nullable String note, int revision, @Nullable Instant deadline)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.revision_requested.v1";
    }
  }

  /// A deadline ran out after a revision request: the delivery is up for review again.
  @RegisterForReflection
  record ReviewResumed(TaskSnapshot task, Instant reviewUntil) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.review_resumed.v1";
    }
  }

  /// @param payee the account that is paid
  /// @param delivery set when the completion was the delivery
  /// @param automatic whether the review window's end approved it
  @RegisterForReflection
  record Completed(
      TaskSnapshot task,
      @Nullable String reason,
      @Nullable String payee,
      BigDecimal price,
      String currency,
      @Nullable Ruling ruling,
      @Nullable Delivery delivery,
      @Nullable Integer rating,
      boolean automatic)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.completed.v1";
    }
  }

  /// The task ended without being done: FAILED, CANCELLED or EXPIRED, as its status says.
  ///
  /// @param payee the account that worked on it, which a ruling may pay
  @RegisterForReflection
  record Ended(
      TaskSnapshot task,
      @Nullable String reason,
      @Nullable String payee,
      BigDecimal price,
      String currency,
      @Nullable Ruling ruling)
      implements TaskEvent {
    @Override
    public String type() {
      return switch (task.status()) {
        case FAILED -> "earnest.task.failed.v1";
        case CANCELLED -> "earnest.task.cancelled.v1";
        case EXPIRED -> "earnest.task.expired.v1";
        case PENDING,
            MATCHING,
            EXECUTING,
            AWAITING_INPUT,
            ON_HOLD,
            DELIVERED,
            DISPUTED,
            COMPLETED ->
            throw new IllegalStateException(task.status() + " is no such end");
      };
    }
  }

  /// Where a task stands, told because somebody asked; an ended one tells again what its end did.
  @RegisterForReflection
  record StateReported(
      TaskSnapshot task,
      @Nullable String reason,
      @Nullable String payee,
      BigDecimal price,
      String currency,
      @Nullable Ruling ruling)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.state_reported.v1";
    }
  }

  /// What is wanted, whom it is shared with, or what somebody thought of the result is another now.
  @RegisterForReflection
  record Updated(
      TaskSnapshot task,
      String description,
      Priority priority,
      @Nullable UUID projectId,
      Labels.@Nullable Feedback feedback)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.updated.v1";
    }
  }

  /// The task is gone for good; whoever keeps anything of it erases that. Ledgers stay.
  @RegisterForReflection
  record Deleted(TaskSnapshot task) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.deleted.v1";
    }
  }

  /// @param artifacts where their content can be read, by their url
  @RegisterForReflection
  record ArtifactsAdded(TaskSnapshot task, List<Delivery.Artifact> artifacts) implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.artifacts_added.v1";
    }
  }

  /// @param estimatedHours until the delivery
  @RegisterForReflection
  record ProposalMade(
      TaskSnapshot task,
      UUID proposalId,
      UUID agent,
      String agentAccount,
      BigDecimal price,
      String currency,
      @Nullable BigDecimal estimatedHours)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.proposal_made.v1";
    }
  }

  @RegisterForReflection
  record ProposalWithdrawn(TaskSnapshot task, UUID proposalId, UUID agent, String agentAccount)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.proposal_withdrawn.v1";
    }
  }

  /// @param reason `another_accepted` or `task_ended`
  @RegisterForReflection
  record ProposalDeclined(
      TaskSnapshot task, UUID proposalId, UUID agent, String agentAccount, String reason)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.proposal_declined.v1";
    }
  }

  /// All that a dispute is judged by.
  @RegisterForReflection
  record Disputed(
      TaskSnapshot task,
      UUID disputeId,
      String openedBy,
      Brief brief,
      List<Delivery> deliveries,
      List<FormerAgent> formerAgents,
      List<String> proposers)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.disputed.v1";
    }
  }

  /// @param requirements text or an object, as the buyer wrote it
  @RegisterForReflection
  record Brief(
      String description,
      @Nullable JsonNode requirements,
      BigDecimal budget,
      BigDecimal price,
      String currency) {}

  /// Somebody who worked on the task before.
  @RegisterForReflection
  record FormerAgent(UUID agent, String account) {}

  @RegisterForReflection
  record DisputeRefused(TaskSnapshot task, UUID disputeId, String openedBy, String reason)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.dispute_refused.v1";
    }
  }

  @RegisterForReflection
  record RedeliveryStarted(TaskSnapshot task, UUID disputeId, @Nullable Instant deadline)
      implements TaskEvent {
    @Override
    public String type() {
      return "earnest.task.redelivery_started.v1";
    }
  }
}
