package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// People who share a board.
@Entity
@Table(name = "teams")
@SuppressWarnings("NullAway.Init")
public class Team {
  @Id UUID id;
  String name;

  /// Counts the changes of its members.
  long version;

  @Column(name = "created_at")
  Instant createdAt;

  protected Team() {}

  Team(UUID id, String name, Instant now) {
    this.id = id;
    this.name = name;
    this.createdAt = now;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
