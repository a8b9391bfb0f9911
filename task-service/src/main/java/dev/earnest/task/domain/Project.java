package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a team's tasks are grouped by.
@Entity
@Table(name = "projects")
@SuppressWarnings("NullAway.Init")
public class Project {
  @Id UUID id;

  @Column(name = "team_id")
  UUID teamId;

  String name;
  @Nullable String description;

  @Column(name = "created_at")
  Instant createdAt;

  protected Project() {}

  Project(UUID id, UUID teamId, String name, @Nullable String description, Instant now) {
    this.id = id;
    this.teamId = teamId;
    this.name = name;
    this.description = description;
    this.createdAt = now;
  }

  public UUID id() {
    return id;
  }

  public UUID teamId() {
    return teamId;
  }

  public String name() {
    return name;
  }

  public @Nullable String description() {
    return description;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
