package dev.earnest.escrow.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which of a wallet's entries are asked for.
///
/// @param kinds these only; all where it is empty
/// @param task of this task only
/// @param from not before this
/// @param to before this
public record EntryFilter(
    Set<TransferKind> kinds, @Nullable UUID task, @Nullable Instant from, @Nullable Instant to) {
  public static final EntryFilter ALL = new EntryFilter(Set.of(), null, null, null);

  public EntryFilter {
    kinds = Set.copyOf(kinds);
  }

  /// Conditions on transfers `t`.
  String sql() {
    StringBuilder conditions = new StringBuilder();
    if (!kinds.isEmpty()) {
      conditions.append(" AND t.kind = ANY (?::text[])");
    }
    if (task != null) {
      conditions.append(" AND t.task_id = ?::uuid");
    }
    if (from != null) {
      conditions.append(" AND t.occurred_at >= ?");
    }
    if (to != null) {
      conditions.append(" AND t.occurred_at < ?");
    }
    return conditions.toString();
  }

  /// What the conditions' places are filled with, in their order.
  List<Object> parameters() {
    List<Object> parameters = new ArrayList<>();
    if (!kinds.isEmpty()) {
      parameters.add(Sql.Column.of("text", List.copyOf(kinds), TransferKind::name));
    }
    if (task != null) {
      parameters.add(task);
    }
    if (from != null) {
      parameters.add(from);
    }
    if (to != null) {
      parameters.add(to);
    }
    return parameters;
  }
}
