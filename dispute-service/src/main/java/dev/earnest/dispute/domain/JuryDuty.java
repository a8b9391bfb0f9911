package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What jurors do.
@ApplicationScoped
public class JuryDuty {
  private final DisputeAccess access;
  private final Juries juries;
  private final Proceedings proceedings;
  private final EntityManager entities;
  private final InstantSource clock;

  public JuryDuty(
      DisputeAccess access,
      Juries juries,
      Proceedings proceedings,
      EntityManager entities,
      InstantSource clock) {
    this.access = access;
    this.juries = juries;
    this.proceedings = proceedings;
    this.entities = entities;
    this.clock = clock;
  }

  /// A dispute and the caller's seat on its jury.
  @RegisterForReflection
  public record Seat(Dispute dispute, Juror juror) {}

  /// The disputes on whose juries the caller sits and that are not over, newest first; one more than
  /// `limit` where there are more.
  ///
  /// @param after the key after which the page starts
  @Transactional
  public List<Seat> list(Caller caller, @Nullable UUID after, int limit) {
    return entities
        .createQuery(
            """
            select new dev.earnest.dispute.domain.JuryDuty$Seat(dispute, juror)
            from Juror juror join Dispute dispute on dispute.id = juror.disputeId
            where juror.account = :account and dispute.state = :jury
              and (:after is null or dispute.id < :after)
            order by dispute.id desc
            """,
            Seat.class)
        .setParameter("account", caller.account())
        .setParameter("jury", DisputeState.JURY)
        .setParameter("after", after)
        .setMaxResults(limit + 1)
        .getResultList();
  }

  /// Casts the caller's vote; the one that makes a majority, or is the last, ends the jury's work.
  ///
  /// @throws Refusal 404, 403 no juror, 409 `already_voted`, `too_late`, or with the state
  @Transactional
  public Seat vote(UUID id, Caller caller, Vote vote, @Nullable String comment) {
    Dispute dispute = access.lock(id, caller);
    List<Juror> jurors = juries.of(id);
    Juror juror =
        jurors.stream()
            .filter(seated -> seated.account().equals(caller.account()))
            .findFirst()
            .orElseThrow(() -> Refusal.forbidden("Only the dispute's jurors vote."));
    if (juror.vote() != null) {
      throw Refusal.conflict("already_voted", "You have voted: " + juror.vote() + ".");
    }
    juror.cast(vote, comment, clock.instant());
    proceedings.take(dispute, new DisputeCommand.CastVote(Juries.count(jurors)), null);
    return new Seat(dispute, juror);
  }
}
