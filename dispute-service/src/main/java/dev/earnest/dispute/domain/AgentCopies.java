package dev.earnest.dispute.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The table of what we know of agents: whom juries are drawn from.
@ApplicationScoped
public class AgentCopies {
  // Sorted, so that two consumers never wait for each other in a circle.
  private static final String UPSERT =
      """
      INSERT INTO agents (id, account, team, juror, version)
      SELECT * FROM jsonb_to_recordset(?::jsonb) AS news
        (id uuid, account text, team text, juror boolean, version bigint)
      ORDER BY id
      ON CONFLICT (id) DO UPDATE SET
        account = excluded.account, team = excluded.team, juror = excluded.juror,
        version = excluded.version
      WHERE agents.version < excluded.version
      """;

  // A team mate is who has an agent in the same team, or belongs to it as a person.
  private static final String DRAW =
      """
      SELECT account FROM (SELECT DISTINCT account FROM agents WHERE juror) AS willing
      WHERE account <> ALL (?)
        AND NOT EXISTS (
          SELECT FROM agents AS own WHERE own.account = willing.account AND (own.team = ?
            OR own.team IN (SELECT team FROM agents WHERE account = ANY (?))))
        AND NOT EXISTS (
          SELECT FROM known_teams AS team WHERE team.members @> ARRAY[willing.account]
            AND (team.id::text = ? OR team.members && ?))
      ORDER BY random() LIMIT ?
      """;

  private final AgroalDataSource dataSource;
  private final ObjectMapper json;

  AgentCopies(AgroalDataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /// Takes over what is newer than what is known. One entry an agent.
  public void update(Collection<AgentCopy> news) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, json.writeValueAsString(news));
      upsert.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot write what is known of agents", e);
    }
  }

  /// Accounts drawn by lot among those that would sit on juries.
  ///
  /// @param barred who must not be drawn
  /// @param parties whose team mates must not be drawn either
  /// @param team whose members must not be drawn
  List<String> draw(Set<String> barred, Set<String> parties, @Nullable String team, int seats) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement draw = connection.prepareStatement(DRAW)) {
      draw.setArray(1, connection.createArrayOf("text", barred.toArray()));
      draw.setString(2, team);
      draw.setArray(3, connection.createArrayOf("text", parties.toArray()));
      draw.setString(4, team);
      draw.setArray(5, connection.createArrayOf("text", parties.toArray()));
      draw.setInt(6, seats);
      List<String> drawn = new ArrayList<>();
      try (ResultSet row = draw.executeQuery()) {
        while (row.next()) {
          drawn.add(row.getString(1));
        }
      }
      return drawn;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot draw a jury", e);
    }
  }
}
