package dev.earnest.dispute.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people do with disputes that are open, and what they read of them.
@ApplicationScoped
public class Disputes {
  private final DisputeRepository disputes;
  private final TaskCopies tasks;
  private final CaseFiles caseFiles;
  private final Proceedings proceedings;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  public Disputes(
      DisputeRepository disputes,
      TaskCopies tasks,
      CaseFiles caseFiles,
      Proceedings proceedings,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.disputes = disputes;
    this.tasks = tasks;
    this.caseFiles = caseFiles;
    this.proceedings = proceedings;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// A dispute with all that is known of it.
  public record Record(
      Dispute dispute, Optional<CaseFile> caseFile, List<Evidence> evidence, List<Step> steps) {}

  /// Takes evidence of a party for the newest dispute of a task.
  ///
  /// @throws Refusal 404 no such task or dispute, 403 no party, 409 decided already
  @Transactional
  public Evidence submitEvidence(UUID taskId, Caller caller, Evidence.Claim claim) {
    if (!isTaskVisible(taskId, caller)) {
      throw Refusal.notFound("task");
    }
    Dispute dispute = disputes.lockNewestOf(taskId).orElseThrow(() -> Refusal.notFound("dispute"));
    PartyRole role = partyOf(dispute, caller);
    proceedings.take(dispute, new DisputeCommand.SubmitEvidence(), caller.account());
    Evidence evidence =
        new Evidence(ids.next(), dispute.id(), caller.account(), role, claim, clock.instant());
    entities.persist(evidence);
    outbox.append(evidence.submitted(taskId));
    return evidence;
  }

  /// Rules, as an admin who is no party.
  ///
  /// @throws Refusal 400 for a percentage that makes no sense, 403, 404, 409 with the state
  @Transactional
  public Dispute resolve(
      UUID id,
      Caller caller,
      Resolution resolution,
      @Nullable BigDecimal refundPercentage,
      @Nullable String notes) {
    caller.require(Role.ADMIN);
    Ruling ruling = Ruling.arbitration(resolution, refundPercentage, caller.account(), notes);
    Dispute dispute = disputes.lock(id).orElseThrow(() -> Refusal.notFound("dispute"));
    if (dispute.concerns(caller)) {
      throw Refusal.forbidden("Nobody rules on a dispute of their own.");
    }
    proceedings.take(dispute, new DisputeCommand.Rule(ruling), caller.account());
    return dispute;
  }

  /// @throws Refusal 404 when it does not exist or not for this caller
  @Transactional
  public Record read(UUID id, Caller caller) {
    Dispute dispute =
        disputes
            .findByIdOptional(id)
            .filter(found -> isVisible(found, caller))
            .orElseThrow(() -> Refusal.notFound("dispute"));
    return new Record(
        dispute,
        caseFiles.find(id),
        entities
            .createQuery("from Evidence where disputeId = :id order by id", Evidence.class)
            .setParameter("id", id)
            .getResultList(),
        entities
            .createQuery("from Step where disputeId = :id order by id", Step.class)
            .setParameter("id", id)
            .getResultList());
  }

  /// The caller's disputes, or everybody's for an admin, newest first; one more than `limit` where
  /// there are more.
  @Transactional
  public List<Dispute> list(Caller caller, @Nullable UUID after, int limit) {
    return disputes.page(caller.isAdmin() ? null : caller.account(), after, limit);
  }

  private boolean isVisible(Dispute dispute, Caller caller) {
    return caller.isAdmin() || dispute.concerns(caller) || isTaskVisible(dispute.taskId(), caller);
  }

  private boolean isTaskVisible(UUID taskId, Caller caller) {
    return tasks.find(taskId).filter(task -> task.isVisibleTo(caller)).isPresent();
  }

  private static PartyRole partyOf(Dispute dispute, Caller caller) {
    return dispute
        .roleOf(caller.account())
        .orElseThrow(() -> Refusal.forbidden("Only the parties of the dispute can do this."));
  }
}
