package dev.earnest.dispute.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes disputes from step to step: by a command, by what task-service says, by the clock.
///
/// What the inbox calls is not `@Transactional`: a refusal that leaves such a method would roll back
/// the whole batch, where it should drop one event.
@ApplicationScoped
public class Proceedings {
  private final DisputeRepository disputes;
  private final CaseFiles caseFiles;
  private final Juries juries;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;
  private final Windows windows;

  public Proceedings(
      DisputeRepository disputes,
      CaseFiles caseFiles,
      Juries juries,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock,
      Windows windows) {
    this.disputes = disputes;
    this.caseFiles = caseFiles;
    this.juries = juries;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
    this.windows = windows;
  }

  /// The disputes that a batch of events is about, locked for the rest of its transaction.
  public Map<UUID, Dispute> lockAll(Collection<UUID> disputeIds) {
    return disputes.lockAll(disputeIds);
  }

  /// Task-service froze the task: from here on the dispute is judged by this case file alone.
  ///
  /// @param proposers the accounts that proposed for the task
  public void confirm(Dispute dispute, CaseFile file, List<String> proposers) {
    Instant now = clock.instant();
    outbox.append(dispute.confirm(file, now, windows));
    record(dispute, Step.word(new DisputeCommand.Confirm(file.delivered())), null, now);
    caseFiles.add(dispute.id(), file, proposers);
  }

  /// Task-service did not freeze the task.
  public void refuse(Dispute dispute, String reason) {
    take(dispute, new DisputeCommand.Refuse(reason), null);
  }

  /// Moves on a dispute whose lock the caller holds and whose step has run out.
  void runOut(Dispute dispute) {
    switch (dispute.state()) {
      case NEGOTIATION -> {
        List<String> drawn = juries.draw(dispute);
        take(dispute, new DisputeCommand.RunOut(drawn.size(), Tally.NONE), null);
        if (dispute.state() == DisputeState.JURY) {
          juries.seat(dispute, drawn, clock.instant());
        }
      }
      case JURY -> {
        List<Juror> jurors = juries.of(dispute.id());
        take(dispute, new DisputeCommand.RunOut(jurors.size(), Juries.count(jurors)), null);
      }
      case OPENING, ARBITRATION, RESOLVED, REFUSED ->
          take(dispute, new DisputeCommand.RunOut(0, Tally.NONE), null);
    }
  }

  void record(Dispute dispute, String command, @Nullable String by, Instant now) {
    entities.persist(new Step(ids.next(), dispute, command, by, now));
  }

  /// One step of a dispute whose lock the caller holds.
  void take(Dispute dispute, DisputeCommand command, @Nullable String by) {
    Instant now = clock.instant();
    outbox.append(dispute.obey(command, by, now, windows));
    record(dispute, Step.word(command), by, now);
  }
}
