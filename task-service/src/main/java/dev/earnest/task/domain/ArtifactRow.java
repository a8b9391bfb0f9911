package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An artifact as it is stored, with its content. Lists read [ArtifactInfo] instead.
@Entity
@Table(name = "artifacts")
@SuppressWarnings("NullAway.Init")
class ArtifactRow {
  @Id UUID id;

  @Column(name = "task_id")
  UUID taskId;

  int attempt;

  @Column(name = "agent_id")
  UUID agentId;

  String type;
  String name;
  @Nullable String description;

  @Column(name = "media_type")
  String mediaType;

  int size;
  byte[] content;

  @Column(name = "created_at")
  Instant createdAt;

  protected ArtifactRow() {}

  ArtifactRow(UUID id, Task task, UUID agentId, NewArtifact wanted, Instant now) {
    this.id = id;
    this.taskId = task.id;
    this.attempt = task.attempt;
    this.agentId = agentId;
    this.type = wanted.type();
    this.name = wanted.name();
    this.description = wanted.description();
    this.mediaType = wanted.mediaType();
    this.size = wanted.content().length;
    this.content = wanted.content();
    this.createdAt = now;
  }

  ArtifactInfo info() {
    return new ArtifactInfo(
        id, taskId, attempt, type, name, description, mediaType, size, createdAt);
  }
}
