package dev.earnest.task.domain;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tables of teams, their members and their projects.
@ApplicationScoped
class TeamRepository implements PanacheRepositoryBase<Team, UUID> {
  Optional<Team> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  Optional<TeamMember> member(UUID team, String account) {
    return Optional.ofNullable(
        getEntityManager().find(TeamMember.class, new TeamMember.Key(team, account)));
  }

  /// In the order of their accounts.
  List<TeamMember> members(UUID team, String after, int limit) {
    return getEntityManager()
        .createQuery(
            "from TeamMember where key.teamId = ?1 and key.account > ?2 order by key.account",
            TeamMember.class)
        .setParameter(1, team)
        .setParameter(2, after)
        .setMaxResults(limit)
        .getResultList();
  }

  List<String> accounts(UUID team) {
    return getEntityManager()
        .createQuery(
            "select key.account from TeamMember where key.teamId = ?1 order by key.account",
            String.class)
        .setParameter(1, team)
        .getResultList();
  }

  /// An account's teams in the order of their making.
  List<Team> of(String account, @Nullable UUID after, int limit) {
    return find(
            "id in (select key.teamId from TeamMember where key.account = ?1)"
                + " and (?2 is null or id > ?2) order by id",
            account,
            after)
        .page(0, limit)
        .list();
  }

  Optional<Project> project(UUID id) {
    return Optional.ofNullable(getEntityManager().find(Project.class, id));
  }

  List<Project> projects(UUID team, @Nullable UUID after, int limit) {
    return getEntityManager()
        .createQuery(
            "from Project where teamId = ?1 and (?2 is null or id > ?2) order by id", Project.class)
        .setParameter(1, team)
        .setParameter(2, after)
        .setMaxResults(limit)
        .getResultList();
  }
}
