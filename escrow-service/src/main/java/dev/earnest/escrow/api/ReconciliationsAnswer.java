package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.Reconciliation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public record ReconciliationsAnswer(
    boolean success, List<ReconciliationView> reconciliations, @Nullable String nextCursor) {

  /// @param found one more than a page where there are more pages
  static ReconciliationsAnswer of(
      List<Reconciliation> found, int size, Function<UUID, String> cursor) {
    List<Reconciliation> page = found.subList(0, Math.min(size, found.size()));
    String next = found.size() > size ? cursor.apply(page.getLast().task()) : null;
    return new ReconciliationsAnswer(
        true, page.stream().map(ReconciliationView::of).toList(), next);
  }

  public record ReconciliationView(
      UUID taskId,
      int asks,
      Instant askedAt,
      @Nullable Instant answeredAt,
      @Nullable String status,
      List<String> did) {
    static ReconciliationView of(Reconciliation reconciliation) {
      return new ReconciliationView(
          reconciliation.task(),
          reconciliation.asks(),
          reconciliation.askedAt(),
          reconciliation.answeredAt(),
          reconciliation.status(),
          reconciliation.did());
    }
  }
}
