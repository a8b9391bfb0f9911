package dev.earnest.escrow.domain;

import dev.earnest.kit.security.Caller;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service knows of a task, learned from task.events.
///
/// @param agentAccount the account that owns the agent working on it
/// @param readers followers and assignees: accounts or e-mail addresses
/// @param version counts the task's changes; older news change nothing
public record TaskFacts(
    UUID id,
    String buyer,
    @Nullable String agentAccount,
    @Nullable String team,
    List<String> readers,
    String status,
    int version) {
  private static final Set<String> FINAL = Set.of("COMPLETED", "FAILED", "CANCELLED", "EXPIRED");

  public TaskFacts {
    readers = List.copyOf(readers);
  }

  /// Whether somebody may know of the task at all.
  boolean isVisibleTo(Caller caller) {
    return caller.isAdmin()
        || caller.account().equals(buyer)
        || caller.account().equals(agentAccount)
        || readers.contains(caller.account())
        || (caller.email() != null && readers.stream().anyMatch(caller.email()::equalsIgnoreCase));
  }

  boolean isFinal() {
    return FINAL.contains(status);
  }

  /// Whether this is later than what was known and says something else.
  boolean tellsMoreThan(@Nullable TaskFacts known) {
    return known == null || (version >= known.version && !equals(known.at(version)));
  }

  private TaskFacts at(int otherVersion) {
    return new TaskFacts(id, buyer, agentAccount, team, readers, status, otherVersion);
  }
}
