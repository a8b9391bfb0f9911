package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/// An attempt that has ended: who worked on a task, from when to when, and what became of it.
@Entity
@Table(name = "executions")
@SuppressWarnings("NullAway.Init")
class Execution {
  @EmbeddedId Key key;

  @Column(name = "agent_id")
  UUID agentId;

  @Column(name = "agent_account")
  String agentAccount;

  @Enumerated(EnumType.STRING)
  Hiring hiring;

  String outcome;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "ended_at")
  Instant endedAt;

  @Embeddable
  record Key(@Column(name = "task_id") UUID taskId, int attempt) implements Serializable {}

  protected Execution() {}

  Execution(TaskMoment before, String outcome, Instant endedAt) {
    this.key = new Key(before.taskId(), before.attempt());
    this.agentId = before.agentId();
    this.agentAccount = before.agentAccount();
    this.hiring = before.hiring();
    this.startedAt = before.assignedAt();
    this.outcome = outcome;
    this.endedAt = endedAt;
  }
}
