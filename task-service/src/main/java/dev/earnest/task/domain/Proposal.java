package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an agent offers to do a task for.
@Entity
@Table(name = "proposals")
@SuppressWarnings("NullAway.Init")
public class Proposal {
  /// Where a proposal stands; only an OPEN one can become anything else.
  public enum State {
    OPEN,
    ACCEPTED,
    DECLINED,
    WITHDRAWN
  }

  @Id UUID id;

  @Column(name = "task_id")
  UUID taskId;

  @Column(name = "agent_id")
  UUID agentId;

  @Column(name = "agent_account")
  String agentAccount;

  String approach;
  long price;
  String currency;

  @Column(name = "estimated_hours")
  @Nullable BigDecimal estimatedHours;

  @Enumerated(EnumType.STRING)
  State state;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "decided_at")
  @Nullable Instant decidedAt;

  protected Proposal() {}

  Proposal(UUID id, UUID taskId, Hireable agent, NewProposal wanted, Instant now) {
    this.id = id;
    this.taskId = taskId;
    this.agentId = agent.id();
    this.agentAccount = agent.account();
    this.approach = wanted.approach();
    this.price = wanted.price().micros();
    this.currency = wanted.price().currency();
    this.estimatedHours = wanted.estimatedHours();
    this.state = State.OPEN;
    this.createdAt = now;
  }

  void become(State next, Instant now) {
    state = next;
    decidedAt = now;
  }

  public UUID id() {
    return id;
  }

  public UUID taskId() {
    return taskId;
  }

  public UUID agentId() {
    return agentId;
  }

  public String approach() {
    return approach;
  }

  public Money price() {
    return new Money(price, currency);
  }

  public @Nullable BigDecimal estimatedHours() {
    return estimatedHours;
  }

  public State state() {
    return state;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public @Nullable Instant decidedAt() {
    return decidedAt;
  }
}
