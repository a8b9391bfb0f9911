package dev.earnest.task.api.board;

import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.Project;
import dev.earnest.task.domain.Team;
import dev.earnest.task.domain.TeamMember;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How teams, members and projects are shown. In each list, nextCursor asks for the next page; it is
/// null on the last one.
public final class TeamAnswers {
  private TeamAnswers() {}

  public record TeamView(UUID id, String name, Instant createdAt) {
    static TeamView of(Team team) {
      return new TeamView(team.id(), team.name(), team.createdAt());
    }
  }

  public record TeamPage(List<TeamView> teams, @Nullable String nextCursor) {}

  /// @param role owner or member
  public record MemberView(String account, String role, Instant joinedAt) {
    static MemberView of(TeamMember member) {
      return new MemberView(member.account(), Words.lower(member.role()), member.joinedAt());
    }
  }

  public record MemberPage(List<MemberView> members, @Nullable String nextCursor) {}

  public record ProjectView(
      UUID id, UUID teamId, String name, @Nullable String description, Instant createdAt) {
    static ProjectView of(Project project) {
      return new ProjectView(
          project.id(),
          project.teamId(),
          project.name(),
          project.description(),
          project.createdAt());
    }
  }

  public record ProjectPage(List<ProjectView> projects, @Nullable String nextCursor) {}
}
