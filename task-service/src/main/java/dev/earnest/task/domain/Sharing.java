package dev.earnest.task.domain;

import dev.earnest.kit.security.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whom a task is shared with besides its buyer and its agent.
@Embeddable
public class Sharing {
  public static final Sharing NOBODY = new Sharing(null, null, null, List.of(), List.of());

  @Nullable UUID team;

  @Column(name = "project_id")
  @Nullable UUID projectId;

  @Column(name = "owner_email")
  @Nullable String ownerEmail;

  List<String> assignees = List.of();
  List<String> followers = List.of();

  protected Sharing() {}

  /// @param team whose board it is on
  /// @param projectId one of the team's
  /// @param ownerEmail of whoever made it
  /// @param assignees e-mail addresses, in lower case; they may read it
  /// @param followers as assignees
  public Sharing(
      @Nullable UUID team,
      @Nullable UUID projectId,
      @Nullable String ownerEmail,
      List<String> assignees,
      List<String> followers) {
    this.team = team;
    this.projectId = projectId;
    this.ownerEmail = ownerEmail;
    this.assignees = List.copyOf(assignees);
    this.followers = List.copyOf(followers);
  }

  /// Whether the caller is one of the assignees or followers: by a verified e-mail address.
  boolean names(Caller caller) {
    String email = caller.email();
    return email != null
        && Stream.concat(assignees.stream(), followers.stream()).anyMatch(email::equalsIgnoreCase);
  }

  public @Nullable UUID team() {
    return team;
  }

  public @Nullable UUID projectId() {
    return projectId;
  }

  public @Nullable String ownerEmail() {
    return ownerEmail;
  }

  public List<String> assignees() {
    return List.copyOf(assignees);
  }

  public List<String> followers() {
    return List.copyOf(followers);
  }
}
