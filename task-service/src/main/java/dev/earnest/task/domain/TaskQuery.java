package dev.earnest.task.domain;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which tasks a list shows.
///
/// @param search words of title and description
public record TaskQuery(
    String account,
    View view,
    Set<TaskState> states,
    @Nullable UUID agentId,
    @Nullable Category category,
    @Nullable Priority priority,
    @Nullable String search) {
  public enum View {
    /// All that the account is party to.
    PARTY,
    BUYER,
    AGENT,
    /// What agents may claim or propose for.
    OPEN
  }

  public TaskQuery {
    states =
        states.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf((Collection<TaskState>) states));
  }
}
