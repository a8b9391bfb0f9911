package dev.earnest.dispute.domain;

import dev.earnest.kit.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this service last heard of a task: who may see it, and whether it is worth asking
/// task-service to freeze it. It may be a moment old; nothing is ruled by it.
@RegisterForReflection
public record TaskCopy(
    UUID id,
    long version,
    String status,
    String title,
    String buyer,
    @Nullable UUID agent,
    @Nullable String agentAccount,
    @Nullable String team,
    List<String> assignees,
    List<String> followers) {

  private static final Set<String> DISPUTABLE =
      Set.of("EXECUTING", "AWAITING_INPUT", "ON_HOLD", "DELIVERED");

  boolean isDisputable() {
    return DISPUTABLE.contains(status);
  }

  /// To the parties, the people it is shared with and admins; a team's members besides, which the
  /// copy does not know.
  boolean isVisibleTo(Caller caller) {
    return caller.isAdmin()
        || roleOf(caller.account()).isPresent()
        || follows(caller.account())
        || (caller.email() != null && follows(caller.email()));
  }

  Optional<PartyRole> roleOf(String account) {
    if (account.equals(buyer)) {
      return Optional.of(PartyRole.BUYER);
    }
    return account.equals(agentAccount) ? Optional.of(PartyRole.AGENT) : Optional.empty();
  }

  private boolean follows(String who) {
    return Stream.concat(assignees.stream(), followers.stream()).anyMatch(who::equalsIgnoreCase);
  }
}
