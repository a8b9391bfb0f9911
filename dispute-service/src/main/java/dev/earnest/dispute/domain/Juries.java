package dev.earnest.dispute.domain;

import dev.earnest.dispute.domain.CaseFiles.Filed;
import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Draws juries by lot and knows who sits on them.
@ApplicationScoped
class Juries {
  private final AgentCopies agents;
  private final CaseFiles caseFiles;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;

  Juries(AgentCopies agents, CaseFiles caseFiles, EntityManager entities, Outbox outbox, Ids ids) {
    this.agents = agents;
    this.caseFiles = caseFiles;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
  }

  /// At most five accounts that opted in and have nothing to do with the case: no party, no team
  /// mate of one, nobody who worked on the task or proposed to.
  List<String> draw(Dispute dispute) {
    Filed filed = caseFiles.find(dispute.id()).orElseThrow();
    Set<String> parties = dispute.parties();
    Set<String> barred = new HashSet<>(parties);
    filed.file().formerAgents().forEach(former -> barred.add(former.account()));
    barred.addAll(filed.proposers());
    return agents.draw(barred, parties, filed.file().team(), DisputeLifecycle.JURORS);
  }

  /// Gives those that were drawn their seats, and notice.
  void seat(Dispute dispute, List<String> drawn, Instant now) {
    Instant deadline = Objects.requireNonNull(dispute.deadline());
    for (String account : drawn) {
      entities.persist(new Juror(ids.next(), dispute.id(), account, now));
    }
    outbox.append(
        drawn.stream()
            .map(account -> new JurorCalled(dispute.id(), dispute.taskId(), account, deadline))
            .toList());
  }

  List<Juror> of(UUID disputeId) {
    return entities
        .createQuery("from Juror where disputeId = :id order by id", Juror.class)
        .setParameter("id", disputeId)
        .getResultList();
  }

  boolean hasSeat(UUID disputeId, String account) {
    return of(disputeId).stream().anyMatch(juror -> juror.account().equals(account));
  }

  static Tally count(List<Juror> jurors) {
    return Tally.of(jurors.stream().map(Juror::vote).filter(Objects::nonNull).toList());
  }
}
