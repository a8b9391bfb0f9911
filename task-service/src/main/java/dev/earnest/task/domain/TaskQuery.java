package dev.earnest.task.domain;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which tasks a list shows.
///
/// @param search words of title and description
/// @param team whose board; in other views, the only team whose tasks are shown
/// @param type the label
/// @param email the caller's verified address, in lower case; for the view SHARED
public record TaskQuery(
    String account,
    View view,
    Set<TaskState> states,
    @Nullable UUID agentId,
    @Nullable Category category,
    @Nullable Priority priority,
    @Nullable String search,
    @Nullable UUID team,
    @Nullable UUID projectId,
    @Nullable String type,
    @Nullable String email) {
  public enum View {
    /// All that the account is party to.
    PARTY,
    BUYER,
    AGENT,
    /// As PARTY, and what names the account's e-mail address among its assignees or followers.
    SHARED,
    /// A team's board.
    TEAM,
    /// What agents may claim or propose for.
    OPEN
  }

  public TaskQuery {
    states =
        states.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf((Collection<TaskState>) states));
  }
}
