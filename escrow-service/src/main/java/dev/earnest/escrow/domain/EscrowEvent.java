package dev.earnest.escrow.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service tells of a task's money. `amount` is what the event is about, in units of the
/// currency; the names of the components are those of the contracts.
public sealed interface EscrowEvent extends DomainEvent {
  UUID taskId();

  @Override
  default String topic() {
    return Topics.ESCROW;
  }

  @Override
  default String subject() {
    return taskId().toString();
  }

  /// The budget is in escrow.
  @RegisterForReflection
  record Held(UUID taskId, String payer, BigDecimal amount, String currency)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.held.v1";
    }
  }

  /// The budget was not held; no money moved.
  ///
  /// @param reason `insufficient_funds` or `spend_cap`
  @RegisterForReflection
  record Refused(
      UUID taskId, String payer, BigDecimal amount, String currency, String reason, String detail)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.refused.v1";
    }
  }

  /// Money went back to the buyer.
  ///
  /// @param last false for what an agreed price left over: `final` in the contract
  @RegisterForReflection
  record Refunded(
      UUID taskId,
      String payer,
      BigDecimal amount,
      String currency,
      String reason,
      @JsonProperty("final") boolean last)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.refunded.v1";
    }
  }

  /// The agent was paid `net`; `amount` is `net` and `fee` together.
  @RegisterForReflection
  record Released(
      UUID taskId,
      String payer,
      BigDecimal amount,
      String currency,
      String payee,
      BigDecimal fee,
      BigDecimal net)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.released.v1";
    }
  }

  /// The money stands still during a dispute.
  @RegisterForReflection
  record Frozen(UUID taskId, String payer, BigDecimal amount, String currency)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.frozen.v1";
    }
  }

  /// The dispute is over without a ruling; the money waits for the task again.
  @RegisterForReflection
  record Thawed(UUID taskId, String payer, BigDecimal amount, String currency)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.thawed.v1";
    }
  }

  /// The buyer paid the agent something on top of the price.
  ///
  /// @param kind TIP or BONUS
  @RegisterForReflection
  record Tipped(
      UUID taskId,
      String payer,
      BigDecimal amount,
      String currency,
      String payee,
      UUID transferId,
      String kind,
      @Nullable String note)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.tipped.v1";
    }
  }

  /// The money of a task has been in escrow for long: task-service is asked how the task is.
  @RegisterForReflection
  record StateAsked(UUID taskId, Instant heldSince, BigDecimal amount, String currency)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.state_asked.v1";
    }
  }

  /// A ruling was paid out: `refunded` to the payer, `net` to the payee, `fee` to the platform.
  @RegisterForReflection
  record Settled(
      UUID taskId,
      String payer,
      BigDecimal amount,
      String currency,
      @Nullable String payee,
      UUID disputeId,
      String resolution,
      BigDecimal refundPercentage,
      BigDecimal refunded,
      BigDecimal fee,
      BigDecimal net)
      implements EscrowEvent {
    @Override
    public String type() {
      return "earnest.escrow.settled.v1";
    }
  }
}
