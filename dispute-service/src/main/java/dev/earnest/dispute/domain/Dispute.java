package dev.earnest.dispute.domain;

import static java.util.Objects.requireNonNull;

import dev.earnest.dispute.domain.Move.Escalated;
import dev.earnest.dispute.domain.Move.JuryCalled;
import dev.earnest.dispute.domain.Move.Redelivery;
import dev.earnest.dispute.domain.Move.Refused;
import dev.earnest.dispute.domain.Move.Ruled;
import dev.earnest.dispute.domain.Move.Undecided;
import dev.earnest.kit.problem.IllegalMove;
import dev.earnest.kit.security.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private @Nullable UUID agent;

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
    this.agent = task.agent();
    this.agentAccount = task.agentAccount();
  }

  DisputeOpened opened() {
    return new DisputeOpened(id, taskId, openedBy, openedByRole, category, reason);
  }

  /// Task-service froze the task and named the parties; by its word alone things go on.
  ///
  /// @throws IllegalMove when the state does not allow it; nothing has changed then
  List<DisputeEvent> confirm(CaseFile file, Instant now, Windows windows) {
    DisputeCommand confirm = new DisputeCommand.Confirm(file.delivered());
    DisputeLifecycle.decide(state, confirm);
    buyer = file.buyer();
    agent = file.agent();
    agentAccount = file.agentAccount();
    return obey(confirm, null, now, windows);
  }

  /// Carries out a command and tells what others must hear of it.
  ///
  /// @param by whose command it is; null for the rules or task-service
  /// @throws IllegalMove when the state does not allow it, or its time is over
  List<DisputeEvent> obey(
      DisputeCommand command, @Nullable String by, Instant now, Windows windows) {
    Move move = DisputeLifecycle.decide(state, command);
    if (command instanceof DisputeCommand.Timely && isDue(now)) {
      throw new IllegalMove(
          "too_late", state.name(), "The time for this ended at " + deadline + ".");
    }
    if (move.to() != state) {
      state = move.to();
      deadline = windows.deadline(state, now);
      closedAt = state.isOpen() ? null : now;
    }
    return switch (move.outcome()) {
      case Undecided() -> List.of();
      case JuryCalled() ->
          List.of(new JurySeated(id, taskId, DisputeLifecycle.JURORS, requireNonNull(deadline)));
      case Escalated(Move.Cause why) ->
          List.of(new DisputeEscalated(id, taskId, by, why, requireNonNull(deadline)));
      case Refused(String because) -> {
        refusal = because;
        yield List.of(new DisputeRefused(id, taskId, openedBy, because));
      }
      case Redelivery(String agreedBy) -> {
        resolvedBy = agreedBy;
        yield List.of(new RedeliveryAgreed(id, taskId, agreedBy));
      }
      case Ruled(Ruling ruling) -> resolve(ruling);
    };
  }

  /// Whether the current step's time is over.
  boolean isDue(Instant now) {
    return deadline != null && !now.isBefore(deadline);
  }

  private List<DisputeEvent> resolve(Ruling ruling) {
    resolution = ruling.resolution();
    refundPercentage = ruling.refundPercentage();
    tier = ruling.tier();
    resolvedBy = ruling.by();
    notes = ruling.notes();
    List<DisputeEvent> told = new ArrayList<>();
    told.add(
        new DisputeResolved(id, taskId, resolution, refundPercentage, tier, resolvedBy, notes));
    if (agent != null && agentAccount != null) {
      UUID judged = agent;
      String owner = agentAccount;
      ruling
          .reputation()
          .ifPresent(by -> told.add(new ReputationAdjusted(id, taskId, judged, owner, by)));
    }
    return told;
  }

  /// Which side an account is on; empty when it is on none.
  public Optional<PartyRole> roleOf(String account) {
    if (account.equals(buyer)) {
      return Optional.of(PartyRole.BUYER);
    }
    return account.equals(agentAccount) ? Optional.of(PartyRole.AGENT) : Optional.empty();
  }

  /// The accounts on either side, and the one that opened it should it be on neither any more.
  Set<String> parties() {
    Set<String> accounts = new HashSet<>(List.of(buyer, openedBy));
    if (agentAccount != null) {
      accounts.add(agentAccount);
    }
    return accounts;
  }

  boolean concerns(Caller caller) {
    return parties().contains(caller.account());
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

  /// Whether the parties agreed that the agent delivers again.
  public boolean isRedelivered() {
    return state == DisputeState.RESOLVED && resolution == null;
  }

  public Optional<Ruling> ruling() {
    if (resolution == null || refundPercentage == null || tier == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Ruling(resolution, Percentage.plain(refundPercentage), tier, resolvedBy, notes));
  }
}
