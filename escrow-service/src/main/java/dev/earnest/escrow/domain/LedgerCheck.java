package dev.earnest.escrow.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Proves the ledger: every invariant, and the rows that break it. All are looked at in one
/// snapshot, so that work going on meanwhile raises no false alarm.
@ApplicationScoped
public class LedgerCheck {
  private static final int MAX_ROWS = 100;

  private final Sql sql;
  private final ObjectMapper json;
  private final InstantSource clock;
  private final Duration grace;

  LedgerCheck(
      Sql sql,
      ObjectMapper json,
      InstantSource clock,
      @ConfigProperty(name = "earnest.final-task-grace") Duration grace) {
    this.sql = sql;
    this.json = json;
    this.clock = clock;
    this.grace = grace;
  }

  /// What was found of one invariant.
  ///
  /// @param rows those that break it, at most 100
  public record Verdict(String name, List<JsonNode> rows) {
    public boolean ok() {
      return rows.isEmpty();
    }
  }

  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<Verdict> run() {
    sql.readSnapshot();
    Instant finalBefore = clock.instant().minus(grace);
    return Stream.of(Invariant.values()).map(one -> verdict(one, finalBefore)).toList();
  }

  private Verdict verdict(Invariant invariant, Instant finalBefore) {
    String offenders = invariant.offenders().replace(":finalBefore", "?");
    String limited = "SELECT to_jsonb(o) FROM (" + offenders + ") o LIMIT " + MAX_ROWS;
    Object[] parameters = offenders.contains("?") ? new Object[] {finalBefore} : new Object[0];
    List<JsonNode> rows = sql.query(limited, row -> node(row.getString(1)), parameters);
    return new Verdict(invariant.name().toLowerCase(Locale.ROOT), rows);
  }

  private JsonNode node(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL writes well-formed JSON", e);
    }
  }
}
