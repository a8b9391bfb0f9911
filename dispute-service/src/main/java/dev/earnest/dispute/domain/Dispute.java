package dev.earnest.dispute.domain;

import dev.earnest.dispute.domain.Move.Redelivery;
import dev.earnest.dispute.domain.Move.Refused;
import dev.earnest.dispute.domain.Move.Ruled;
import dev.earnest.dispute.domain.Move.Undecided;
import dev.earnest.kit.security.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A dispute about a task. It changes by commands only, as [DisputeLifecycle] allows.
@Entity
@Table(name = "disputes")
public class Dispute {
  @Id private UUID id;

  @Column(name = "task_id", updatable = false)
  private UUID taskId;

  @Enumerated(EnumType.STRING)
  private DisputeState state;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private Category category;

  @Column(updatable = false)
  private String reason;

  @Column(name = "opened_by", updatable = false)
  private String openedBy;

  @Enumerated(EnumType.STRING)
  @Column(name = "opened_by_role", updatable = false)
  private PartyRole openedByRole;

  @Column(name = "opened_at", updatable = false)
  private Instant openedAt;

  private String buyer;

  @Column(name = "agent_account")
  private @Nullable String agentAccount;

  private @Nullable Instant deadline;

  @Column(name = "closed_at")
  private @Nullable Instant closedAt;

  private @Nullable String refusal;

  @Enumerated(EnumType.STRING)
  private @Nullable Resolution resolution;

  @Column(name = "refund_percentage")
  private @Nullable BigDecimal refundPercentage;

  @Enumerated(EnumType.STRING)
  private @Nullable Tier tier;

  @Column(name = "resolved_by")
  private @Nullable String resolvedBy;

  private @Nullable String notes;

  @SuppressWarnings("NullAway.Init")
  protected Dispute() {}

  Dispute(
      UUID id,
      TaskCopy task,
      String openedBy,
      PartyRole role,
      Category category,
      String reason,
      Instant openedAt) {
    this.id = id;
    this.taskId = task.id();
    this.state = DisputeState.OPENING;
    this.category = category;
    this.reason = reason;
    this.openedBy = openedBy;
    this.openedByRole = role;
    this.openedAt = openedAt;
    this.buyer = task.buyer();
    this.agentAccount = task.agentAccount();
  }

  DisputeOpened opened() {
    return new DisputeOpened(id, taskId, openedBy, openedByRole, category, reason);
  }

  /// Carries out a command and tells what others must hear of it.
  ///
  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it
  Optional<DisputeEvent> obey(DisputeCommand command, Instant now, Windows windows) {
    Move move = DisputeLifecycle.decide(state, command);
    if (move.to() != state) {
      state = move.to();
      deadline = windows.deadline(state, now);
      closedAt = state.isOpen() ? null : now;
    }
    return switch (move.outcome()) {
      case Undecided() -> Optional.empty();
      case Refused(String because) -> {
        refusal = because;
        yield Optional.of(new DisputeRefused(id, taskId, openedBy, because));
      }
      case Redelivery(String by) -> {
        resolvedBy = by;
        yield Optional.of(new RedeliveryAgreed(id, taskId, by));
      }
      case Ruled(Ruling ruling) -> Optional.of(resolve(ruling));
    };
  }

  private DisputeResolved resolve(Ruling ruling) {
    resolution = ruling.resolution();
    refundPercentage = ruling.refundPercentage();
    tier = ruling.tier();
    resolvedBy = ruling.by();
    notes = ruling.notes();
    return new DisputeResolved(id, taskId, resolution, refundPercentage, tier, resolvedBy, notes);
  }

  /// The parties as task-service named them when it froze the task.
  void parties(String confirmedBuyer, @Nullable String confirmedAgentAccount) {
    buyer = confirmedBuyer;
    agentAccount = confirmedAgentAccount;
  }

  /// Which side an account is on; empty when it is on none.
  public Optional<PartyRole> roleOf(String account) {
    if (account.equals(buyer)) {
      return Optional.of(PartyRole.BUYER);
    }
    return account.equals(agentAccount) ? Optional.of(PartyRole.AGENT) : Optional.empty();
  }

  boolean concerns(Caller caller) {
    return roleOf(caller.account()).isPresent() || caller.account().equals(openedBy);
  }

  public UUID id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  public DisputeState state() {
    return state;
  }

  public Category category() {
    return category;
  }

  public String reason() {
    return reason;
  }

  public String openedBy() {
    return openedBy;
  }

  public PartyRole openedByRole() {
    return openedByRole;
  }

  public Instant openedAt() {
    return openedAt;
  }

  public String buyer() {
    return buyer;
  }

  public @Nullable String agentAccount() {
    return agentAccount;
  }

  public @Nullable Instant deadline() {
    return deadline;
  }

  public @Nullable Instant closedAt() {
    return closedAt;
  }

  public @Nullable String refusal() {
    return refusal;
  }

  public Optional<Ruling> ruling() {
    if (resolution == null || refundPercentage == null || tier == null) {
      return Optional.empty();
    }
    return Optional.of(new Ruling(resolution, refundPercentage, tier, resolvedBy, notes));
  }
}
