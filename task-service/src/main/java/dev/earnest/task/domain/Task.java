package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/// A task. [#handle] is the only way to change it: it asks [Lifecycle] what follows, changes the
/// fields that go with it, and returns what there is to tell.
@Entity
@Table(name = "tasks")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
public class Task {
  @Id UUID id;
  long version;

  @Enumerated(EnumType.STRING)
  TaskState state;

  @Enumerated(EnumType.STRING)
  @Column(name = "previous_state")
  @Nullable TaskState previousState;

  String buyer;
  @Embedded Brief brief;

  @Enumerated(EnumType.STRING)
  Mode mode;

  @Enumerated(EnumType.STRING)
  Review review;

  @Column(name = "callback_url")
  @Nullable String callbackUrl;

  long budget;
  long price;
  String currency;
  boolean funded;

  @Column(name = "agent_id")
  @Nullable UUID agentId;

  @Column(name = "agent_account")
  @Nullable String agentAccount;

  @Enumerated(EnumType.STRING)
  @Nullable Hiring hiring;

  int attempt;

  @Column(name = "max_attempts")
  int maxAttempts;

  @Nullable Integer progress;

  @Column(name = "progress_message")
  @Nullable String progressMessage;

  @Nullable String stage;
  int deliveries;
  int revisions;
  @Nullable Integer rating;

  @Column(name = "review_text")
  @Nullable String reviewText;

  @Nullable String reason;

  @Column(name = "dispute_id")
  @Nullable UUID disputeId;

  @Embedded TaskClocks clocks;

  @Column(name = "assigned_at")
  @Nullable Instant assignedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Task() {}

  /// A new task, PENDING until its money is held; without a budget there is nothing to wait for.
  ///
  /// @param agent the one to hire directly, null where one is yet to be found
  Task(UUID id, NewTask wanted, @Nullable Hireable agent, Windows windows, Instant now) {
    this.id = id;
    this.version = 1;
    this.state = TaskState.PENDING;
    this.buyer = wanted.buyer();
    this.brief = wanted.brief();
    this.mode = wanted.mode();
    this.review = wanted.review();
    this.callbackUrl = wanted.callbackUrl();
    this.budget = wanted.budget().micros();
    this.price = budget;
    this.currency = wanted.budget().currency();
    this.funded = budget == 0;
    this.agentId = agent == null ? null : agent.id();
    this.agentAccount = agent == null ? null : agent.account();
    this.maxAttempts = wanted.maxAttempts();
    this.clocks = new TaskClocks(wanted.timeoutSeconds());
    this.createdAt = now;
    this.updatedAt = now;
    clocks.waitForAgent(this, windows, now);
  }

  TaskEvent created() {
    return new TaskEvent.Created(
        snapshot(),
        brief.description(),
        brief.category(),
        budget().decimal(),
        currency,
        mode,
        review,
        brief.priority(),
        null);
  }

  /// Carries out a command.
  ///
  /// @return what happened, to be told in this order; nothing for a mere sign of life
  /// @throws dev.earnest.kit.problem.IllegalMove when the state does not allow it
  List<TaskEvent> handle(Command command, Windows windows, Instant now) {
    TaskState next = Lifecycle.next(standing(), command);
    return new TaskChange(this, windows, now).apply(command, next);
  }

  Standing standing() {
    return new Standing(
        state,
        mode,
        review,
        funded,
        budget == 0,
        state.takesRoom() ? hiring : null,
        agentId != null,
        deliveries > 0,
        revisions,
        attempt < maxAttempts);
  }

  TaskSnapshot snapshot() {
    return new TaskSnapshot(
        id,
        buyer,
        agentId,
        agentAccount,
        null,
        List.of(),
        List.of(),
        brief.title(),
        state,
        previousState,
        attempt,
        callbackUrl,
        version);
  }

  public boolean isVisibleTo(String account) {
    return account.equals(buyer) || account.equals(agentAccount);
  }

  public UUID id() {
    return id;
  }

  public TaskState state() {
    return state;
  }

  public @Nullable TaskState previousState() {
    return previousState;
  }

  public String buyer() {
    return buyer;
  }

  public Brief brief() {
    return brief;
  }

  public Mode mode() {
    return mode;
  }

  public Review review() {
    return review;
  }

  public @Nullable String callbackUrl() {
    return callbackUrl;
  }

  public Money budget() {
    return new Money(budget, currency);
  }

  public Money price() {
    return new Money(price, currency);
  }

  public boolean isFunded() {
    return funded;
  }

  public @Nullable UUID agentId() {
    return agentId;
  }

  public @Nullable String agentAccount() {
    return agentAccount;
  }

  public int attempt() {
    return attempt;
  }

  public @Nullable Integer progress() {
    return progress;
  }

  public @Nullable String progressMessage() {
    return progressMessage;
  }

  public @Nullable String stage() {
    return stage;
  }

  public int revisions() {
    return revisions;
  }

  public @Nullable Integer rating() {
    return rating;
  }

  public @Nullable String reviewText() {
    return reviewText;
  }

  public @Nullable String reason() {
    return reason;
  }

  public @Nullable UUID disputeId() {
    return disputeId;
  }

  public TaskClocks clocks() {
    return clocks;
  }

  public @Nullable Instant assignedAt() {
    return assignedAt;
  }

  public @Nullable Instant finishedAt() {
    return finishedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
