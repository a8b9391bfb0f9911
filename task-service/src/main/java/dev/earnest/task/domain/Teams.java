package dev.earnest.task.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.task.domain.TeamMember.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Teams, their members and their projects. For whoever is no member (and no admin) a team does not
/// exist.
@ApplicationScoped
public class Teams {
  /// Everybody in it is in one event.
  private static final int MOST_MEMBERS = 1_000;

  private final TeamRepository teams;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  Teams(TeamRepository teams, Outbox outbox, Ids ids, InstantSource clock) {
    this.teams = teams;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a team; its maker owns it.
  @Transactional
  public Team create(String name, Caller caller) {
    caller.requirePerson();
    Team team = new Team(ids.next(), name, clock.instant());
    teams.persist(team);
    join(team, caller.account(), Role.OWNER);
    return team;
  }

  /// The caller's teams, oldest first.
  @Transactional
  public List<Team> list(Caller caller, @Nullable UUID after, int limit) {
    UUID only = caller.onlyTeam();
    if (only != null) {
      return after == null && isMember(only, caller) ? List.of(get(only, caller)) : List.of();
    }
    return teams.of(caller.account(), after, limit);
  }

  /// @throws Refusal 404
  @Transactional
  public Team get(UUID id, Caller caller) {
    requireMember(id, caller);
    return teams.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("team"));
  }

  /// @param after an account, empty for the first page
  /// @throws Refusal 404
  @Transactional
  public List<TeamMember> members(UUID id, Caller caller, String after, int limit) {
    requireMember(id, caller);
    return teams.members(id, after, limit);
  }

  /// Takes an account in, or gives a member another role.
  ///
  /// @throws Refusal 403 for anybody but owners, 404, 409 `team_full`, `last_owner`
  @Transactional
  public TeamMember add(UUID id, Caller caller, String account, Role role) {
    Team team = lockAsOwner(id, caller);
    @Nullable TeamMember known = teams.member(id, account).orElse(null);
    if (known == null) {
      if (teams.accounts(id).size() >= MOST_MEMBERS) {
        throw Refusal.conflict("team_full", "A team has at most " + MOST_MEMBERS + " members.");
      }
      return join(team, account, role);
    }
    if (known.role == Role.OWNER && role != Role.OWNER) {
      assertOtherOwner(id, account);
    }
    known.role = role;
    return known;
  }

  /// Lets a member go; everybody may leave.
  ///
  /// @throws Refusal 403 for anybody but owners and the member, 404, 409 `last_owner`
  @Transactional
  public void remove(UUID id, Caller caller, String account) {
    Team team = caller.account().equals(account) ? lock(id, caller) : lockAsOwner(id, caller);
    TeamMember member =
        teams.member(id, account).orElseThrow(() -> Refusal.notFound("member of this team"));
    if (member.role == Role.OWNER) {
      assertOtherOwner(id, account);
    }
    teams.getEntityManager().remove(member);
    teams.flush();
    tell(team);
  }

  /// @throws Refusal 403 to an agent's own key, 404
  @Transactional
  public Project createProject(UUID id, Caller caller, String name, @Nullable String description) {
    requireMember(id, caller);
    caller.requireNoAgent();
    Project project = new Project(ids.next(), id, name, description, clock.instant());
    teams.getEntityManager().persist(project);
    return project;
  }

  /// Oldest first.
  ///
  /// @throws Refusal 404
  @Transactional
  public List<Project> projects(UUID id, Caller caller, @Nullable UUID after, int limit) {
    requireMember(id, caller);
    return teams.projects(id, after, limit);
  }

  /// @throws Refusal 404
  @Transactional
  public Project project(UUID id, Caller caller) {
    Project project = teams.project(id).orElseThrow(() -> Refusal.notFound("project"));
    if (!isMember(project.teamId, caller)) {
      throw Refusal.notFound("project");
    }
    return project;
  }

  /// Whether the caller belongs to a team. An API key that is good for one team does to that only; a
  /// team's agent does, whoever made it and is gone.
  boolean isMember(UUID team, Caller caller) {
    UUID only = caller.onlyTeam();
    if (only != null && !only.equals(team)) {
      return false;
    }
    return caller.isAdmin()
        || (only != null && caller.agent() != null)
        || isMember(team, caller.account());
  }

  boolean isMember(UUID team, String account) {
    return teams.member(team, account).isPresent();
  }

  /// @throws Refusal 404 for whoever does not belong to it
  void requireMember(UUID team, Caller caller) {
    if (!isMember(team, caller)) {
      throw Refusal.notFound("team");
    }
  }

  /// @throws Refusal 400 when there is no such project of this team
  void requireProject(UUID team, UUID project) {
    if (teams.project(project).filter(known -> known.teamId.equals(team)).isEmpty()) {
      throw Refusal.invalid("projectId", "the team has no such project");
    }
  }

  private TeamMember join(Team team, String account, Role role) {
    TeamMember member = new TeamMember(team.id, account, role, clock.instant());
    teams.getEntityManager().persist(member);
    teams.flush();
    tell(team);
    return member;
  }

  private Team lock(UUID id, Caller caller) {
    requireMember(id, caller);
    caller.requirePerson();
    return teams.lock(id).orElseThrow(() -> Refusal.notFound("team"));
  }

  private Team lockAsOwner(UUID id, Caller caller) {
    Team team = lock(id, caller);
    boolean owner =
        teams.member(id, caller.account()).filter(known -> known.role == Role.OWNER).isPresent();
    if (!owner && !caller.isAdmin()) {
      throw Refusal.forbidden("Only the team's owners may do this.");
    }
    return team;
  }

  private void assertOtherOwner(UUID id, String account) {
    boolean another =
        teams.members(id, "", MOST_MEMBERS).stream()
            .anyMatch(one -> one.role == Role.OWNER && !one.account().equals(account));
    if (!another) {
      throw Refusal.conflict("last_owner", "A team needs an owner: make somebody else one first.");
    }
  }

  private void tell(Team team) {
    team.version++;
    outbox.append(new TeamChanged(team.id, team.name, teams.accounts(team.id), team.version));
  }
}
