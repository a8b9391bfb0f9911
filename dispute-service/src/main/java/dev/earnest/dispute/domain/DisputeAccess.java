package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.KnownTeams;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Who may see a dispute, and who may do something about it.
@ApplicationScoped
class DisputeAccess {
  private final DisputeRepository disputes;
  private final TaskCopies tasks;
  private final Juries juries;
  private final KnownTeams teams;

  DisputeAccess(DisputeRepository disputes, TaskCopies tasks, Juries juries, KnownTeams teams) {
    this.teams = teams;
    this.disputes = disputes;
    this.tasks = tasks;
    this.juries = juries;
  }

  /// @throws Refusal 404 when it does not exist or not for this caller
  Dispute read(UUID id, Caller caller) {
    return disputes
        .findByIdOptional(id)
        .filter(found -> isVisible(found, caller))
        .orElseThrow(() -> Refusal.notFound("dispute"));
  }

  /// As [#read], holding the dispute's lock.
  Dispute lock(UUID id, Caller caller) {
    return disputes
        .lock(id)
        .filter(found -> isVisible(found, caller))
        .orElseThrow(() -> Refusal.notFound("dispute"));
  }

  /// @throws Refusal 403 for whom it does not concern
  static PartyRole party(Dispute dispute, Caller caller) {
    return dispute
        .roleOf(caller.account())
        .orElseThrow(() -> Refusal.forbidden("Only the parties of the dispute can do this."));
  }

  /// @throws Refusal 404 when there is no such task for this caller
  void requireTask(UUID taskId, Caller caller) {
    if (!isTaskVisible(taskId, caller)) {
      throw Refusal.notFound("task");
    }
  }

  private boolean isVisible(Dispute dispute, Caller caller) {
    return caller.isAdmin()
        || dispute.concerns(caller)
        || isTaskVisible(dispute.taskId(), caller)
        || juries.hasSeat(dispute.id(), caller.account());
  }

  private boolean isTaskVisible(UUID taskId, Caller caller) {
    return tasks
        .find(taskId)
        .filter(task -> teams.maySee(task.team(), task.isVisibleTo(caller), caller))
        .isPresent();
  }
}
