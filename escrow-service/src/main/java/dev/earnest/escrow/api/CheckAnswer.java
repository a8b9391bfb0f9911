package dev.earnest.escrow.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.escrow.domain.LedgerCheck.Verdict;
import java.util.List;

public record CheckAnswer(boolean success, CheckView check) {
  static CheckAnswer of(List<Verdict> verdicts) {
    List<InvariantView> invariants =
        verdicts.stream()
            .map(verdict -> new InvariantView(verdict.name(), verdict.ok(), verdict.rows()))
            .toList();
    boolean ok = verdicts.stream().allMatch(Verdict::ok);
    return new CheckAnswer(true, new CheckView(ok, invariants));
  }

  public record CheckView(boolean ok, List<InvariantView> invariants) {}

  public record InvariantView(String name, boolean ok, List<JsonNode> rows) {}
}
