package dev.earnest.dispute.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Takes disputes from step to step: by a command, by what task-service says, by the clock.
///
/// What the inbox calls is not `@Transactional`: a refusal that leaves such a method would roll back
/// the whole batch, where it should drop one event.
@ApplicationScoped
public class Proceedings {
  private static final int DUE_AT_ONCE = 50;

  private final DisputeRepository disputes;
  private final CaseFiles caseFiles;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;
  private final Windows windows;

  public Proceedings(
      DisputeRepository disputes,
      CaseFiles caseFiles,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock,
      @ConfigProperty(name = "earnest.dispute.negotiation") Duration negotiation,
      @ConfigProperty(name = "earnest.dispute.jury") Duration jury) {
    this.disputes = disputes;
    this.caseFiles = caseFiles;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.windows = new Windows(negotiation, jury);
  }

  /// The disputes that a batch of events is about, locked for the rest of its transaction.
  public Map<UUID, Dispute> lockAll(Collection<UUID> disputeIds) {
    return disputes.lockAll(disputeIds);
  }

  /// Task-service froze the task: from here on the dispute is judged by this case file alone.
  public void confirm(Dispute dispute, CaseFile file) {
    take(dispute, new DisputeCommand.Confirm(file.delivered()), null);
    dispute.parties(file.buyer(), file.agentAccount());
    caseFiles.add(dispute.id(), file);
  }

  /// Task-service did not freeze the task.
  public void refuse(Dispute dispute, String reason) {
    take(dispute, new DisputeCommand.Refuse(reason), null);
  }

  /// Moves on what has waited long enough; each dispute once, however many replicas look.
  ///
  /// @return whether there may be more
  @Transactional
  boolean runOutDue() {
    List<Dispute> due = disputes.lockDue(clock.instant(), DUE_AT_ONCE);
    for (Dispute dispute : due) {
      // No jury can be drawn as long as nobody tells this service who would sit on one.
      take(dispute, new DisputeCommand.RunOut(0, Tally.NONE), null);
    }
    return due.size() == DUE_AT_ONCE;
  }

  void record(Dispute dispute, String command, @Nullable String by, Instant now) {
    entities.persist(new Step(ids.next(), dispute, command, by, now));
  }

  /// One step of a dispute whose lock the caller holds.
  void take(Dispute dispute, DisputeCommand command, @Nullable String by) {
    Instant now = clock.instant();
    dispute.obey(command, now, windows).ifPresent(outbox::append);
    record(dispute, Step.word(command), by, now);
  }
}
