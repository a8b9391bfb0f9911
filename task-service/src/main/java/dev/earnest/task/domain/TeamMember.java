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

/// An account in a team. Members work with the team's tasks, projects and agents; owners also say
/// who is a member.
@Entity
@Table(name = "team_members")
@SuppressWarnings("NullAway.Init")
public class TeamMember {
  @EmbeddedId Key key;

  @Enumerated(EnumType.STRING)
  Role role;

  @Column(name = "joined_at")
  Instant joinedAt;

  public enum Role {
    OWNER,
    MEMBER
  }

  @Embeddable
  record Key(@Column(name = "team_id") UUID teamId, String account) implements Serializable {}

  protected TeamMember() {}

  TeamMember(UUID teamId, String account, Role role, Instant now) {
    this.key = new Key(teamId, account);
    this.role = role;
    this.joinedAt = now;
  }

  public String account() {
    return key.account();
  }

  public Role role() {
    return role;
  }

  public Instant joinedAt() {
    return joinedAt;
  }
}
