package dev.earnest.dispute.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of case files: written once, read whole. It is no part of the [Dispute] entity because
/// lists and deadlines must not load what may be large.
@ApplicationScoped
class CaseFiles {
  private static final String INSERT =
      "INSERT INTO case_files (dispute_id, content, proposers) VALUES (?, ?::jsonb, ?)";
  private static final String SELECT =
      "SELECT content, proposers FROM case_files WHERE dispute_id = ?";

  private final AgroalDataSource dataSource;
  private final ObjectMapper json;

  CaseFiles(AgroalDataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /// @param proposers who proposed for the task: known to the house, not to those who read the file
  record Filed(CaseFile file, List<String> proposers) {}

  void add(UUID disputeId, CaseFile file, List<String> proposers) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, disputeId);
      insert.setString(2, json.writeValueAsString(file));
      insert.setArray(3, connection.createArrayOf("text", proposers.toArray()));
      insert.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot write a case file", e);
    }
  }

  Optional<Filed> find(UUID disputeId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, disputeId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Filed(
                    json.readValue(row.getString(1), CaseFile.class),
                    List.of((String[]) row.getArray(2).getArray())))
            : Optional.empty();
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot read a case file", e);
    }
  }
}
