package dev.earnest.dispute.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// The table of case files: written once, read whole. It is no part of the [Dispute] entity because
/// lists and deadlines must not load what may be large.
@ApplicationScoped
class CaseFiles {
  private static final String INSERT =
      "INSERT INTO case_files (dispute_id, content) VALUES (?, ?::jsonb)";
  private static final String SELECT = "SELECT content FROM case_files WHERE dispute_id = ?";

  private final AgroalDataSource dataSource;
  private final ObjectMapper json;

  CaseFiles(AgroalDataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  void add(UUID disputeId, CaseFile file) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, disputeId);
      insert.setString(2, json.writeValueAsString(file));
      insert.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot write a case file", e);
    }
  }

  Optional<CaseFile> find(UUID disputeId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, disputeId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(json.readValue(row.getString(1), CaseFile.class))
            : Optional.empty();
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("cannot read a case file", e);
    }
  }
}
