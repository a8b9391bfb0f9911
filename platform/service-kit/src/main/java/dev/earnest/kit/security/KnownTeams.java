package dev.earnest.kit.security;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The copy of who belongs to which team. It may be a moment old.
@ApplicationScoped
public class KnownTeams {
  private static final String SAVE =
      """
      INSERT INTO known_teams AS t (id, members, version) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET members = excluded.members, version = excluded.version
      WHERE t.version < excluded.version
      """;

  private static final String IS_MEMBER =
      "SELECT FROM known_teams WHERE id = ? AND ? = ANY (members)";

  private final AgroalDataSource dataSource;

  public KnownTeams(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// Whether the caller may know of what belongs to a team, or to none: whoever is part of it, and the
  /// team's members, but nobody with an API key that is good for another team only.
  ///
  /// @param team a UUID, null when it belongs to none
  /// @param isPart whether the caller is part of it without the team
  public boolean maySee(@Nullable String team, boolean isPart, Caller caller) {
    UUID id = team == null ? null : UUID.fromString(team);
    return caller.isGoodFor(id) && (isPart || (id != null && isMember(id, caller)));
  }

  /// Whether the caller belongs to a team. An API key that is good for one team does to that only; a
  /// team's agent does, whoever made it and is gone.
  public boolean isMember(UUID team, Caller caller) {
    UUID only = caller.onlyTeam();
    if (only != null && (!only.equals(team) || caller.agent() != null)) {
      return only.equals(team);
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(IS_MEMBER)) {
      select.setObject(1, team);
      select.setString(2, caller.account());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read teams", e);
    }
  }

  /// The members of teams, by team.
  public Map<UUID, List<String>> members(Set<UUID> ids) {
    Map<UUID, List<String>> members = new HashMap<>();
    if (ids.isEmpty()) {
      return members;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT id, members FROM known_teams WHERE id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          members.put(row.getObject(1, UUID.class), List.of((String[]) row.getArray(2).getArray()));
        }
      }
      return members;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read teams", e);
    }
  }

  void save(UUID id, List<String> members, long version) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement save = connection.prepareStatement(SAVE)) {
      save.setObject(1, id);
      save.setArray(2, connection.createArrayOf("text", members.toArray()));
      save.setLong(3, version);
      save.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write teams", e);
    }
  }
}
