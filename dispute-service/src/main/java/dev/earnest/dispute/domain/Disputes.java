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
  private final DisputeAccess access;
  private final CaseFiles caseFiles;
  private final Juries juries;
  private final Proceedings proceedings;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  public Disputes(
      DisputeRepository disputes,
      DisputeAccess access,
      CaseFiles caseFiles,
      Juries juries,
      Proceedings proceedings,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.disputes = disputes;
    this.access = access;
    this.caseFiles = caseFiles;
    this.juries = juries;
    this.proceedings = proceedings;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /// A dispute with all that its reader may know of it.
  public record Record(
      Dispute dispute,
      Optional<CaseFile> caseFile,
      List<Evidence> evidence,
      List<Offer> offers,
      JuryRecord jury,
      List<Step> steps) {}

  /// Takes evidence of a party for the newest dispute of a task.
  ///
  /// @throws Refusal 404 no such task or dispute, 403 no party, 409 decided already
  @Transactional
  public Evidence submitEvidence(UUID taskId, Caller caller, Evidence.Claim claim) {
    access.requireTask(taskId, caller);
    Dispute dispute = disputes.lockNewestOf(taskId).orElseThrow(() -> Refusal.notFound("dispute"));
    PartyRole role = DisputeAccess.party(dispute, caller);
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
    return record(access.read(id, caller), caller);
  }

  /// The newest dispute of a task.
  ///
  /// @throws Refusal 404 no such task, or it was never disputed
  @Transactional
  public Record readNewestOf(UUID taskId, Caller caller) {
    access.requireTask(taskId, caller);
    Dispute dispute = disputes.newestOf(taskId).orElseThrow(() -> Refusal.notFound("dispute"));
    return record(dispute, caller);
  }

  private Record record(Dispute dispute, Caller caller) {
    JuryRecord jury =
        JuryRecord.of(dispute, juries.of(dispute.id()), caller.account(), caller.isAdmin());
    return new Record(
        dispute,
        caseFiles.find(dispute.id()).map(CaseFiles.Filed::file),
        all(Evidence.class, dispute),
        all(Offer.class, dispute),
        jury,
        all(Step.class, dispute).stream().filter(step -> jury.mayShow(step)).toList());
  }

  private <T> List<T> all(Class<T> kind, Dispute dispute) {
    return entities
        .createQuery("from " + kind.getSimpleName() + " where disputeId = :id order by id", kind)
        .setParameter("id", dispute.id())
        .getResultList();
  }

  /// The caller's disputes, or everybody's for an admin, newest first; one more than `limit` where
  /// there are more.
  @Transactional
  public List<Dispute> list(
      Caller caller,
      @Nullable DisputeState state,
      @Nullable UUID taskId,
      @Nullable UUID after,
      int limit) {
    @Nullable String party = caller.isAdmin() ? null : caller.account();
    return disputes.page(new DisputeRepository.Filter(party, state, taskId), after, limit);
  }
}
