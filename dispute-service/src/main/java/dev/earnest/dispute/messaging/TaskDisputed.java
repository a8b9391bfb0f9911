package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.CaseFile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `earnest.task.disputed.v1`: the task is frozen.
///
/// @param proposers who proposed for the task; older events do not tell
@RegisterForReflection
record TaskDisputed(
    Frozen task,
    UUID disputeId,
    CaseFile.Brief brief,
    List<CaseFile.Delivery> deliveries,
    List<CaseFile.FormerAgent> formerAgents,
    @Nullable List<String> proposers) {

  @RegisterForReflection
  record Frozen(
      String title,
      @Nullable String previousStatus,
      String buyer,
      @Nullable UUID agent,
      @Nullable String agentAccount,
      @Nullable String team) {}

  CaseFile caseFile() {
    return new CaseFile(
        task.title(),
        task.previousStatus(),
        task.buyer(),
        task.agent(),
        task.agentAccount(),
        task.team(),
        brief,
        deliveries,
        formerAgents);
  }

  List<String> proposersOrNone() {
    return proposers == null ? List.of() : proposers;
  }
}
