package dev.earnest.dispute.domain;

import dev.earnest.kit.event.Outbox;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the parties do with each other: offers and answers, or the wish for a judge.
@ApplicationScoped
public class Negotiation {
  private final DisputeAccess access;
  private final Proceedings proceedings;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Ids ids;
  private final InstantSource clock;

  public Negotiation(
      DisputeAccess access,
      Proceedings proceedings,
      EntityManager entities,
      Outbox outbox,
      Ids ids,
      InstantSource clock) {
    this.access = access;
    this.proceedings = proceedings;
    this.entities = entities;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  public record Answered(Dispute dispute, Offer offer) {}

  /// Puts an offer on the table; one that lies there is countered, or withdrawn by its own maker.
  ///
  /// @throws Refusal 404, 403 no party, 409 with the state, or `too_late`
  @Transactional
  public Answered offer(UUID id, Caller caller, Terms terms) {
    Dispute dispute = access.lock(id, caller);
    PartyRole role = DisputeAccess.party(dispute, caller);
    proceedings.take(dispute, new DisputeCommand.MakeOffer(), caller.account());
    Instant now = clock.instant();
    openOffer(id)
        .ifPresent(former -> {
          boolean own = former.madeBy().equals(caller.account());
          former.answer(own ? Offer.Status.WITHDRAWN : Offer.Status.COUNTERED, now);
          // Before the new one is inserted: one offer is open at a time, says the database.
          entities.flush();
        });
    Offer offer = new Offer(ids.next(), id, caller.account(), role, terms, now);
    entities.persist(offer);
    outbox.append(offer.made(dispute.taskId()));
    return new Answered(dispute, offer);
  }

  /// Says yes to the other party's offer, which ends the dispute.
  ///
  /// @throws Refusal 404, 403 no party or `own_offer`, 409 with the state of dispute or offer, or
  ///     `too_late`
  @Transactional
  public Answered accept(UUID id, UUID offerId, Caller caller) {
    Dispute dispute = access.lock(id, caller);
    Offer offer = offerOfTheOther(dispute, offerId, caller);
    String by = caller.account();
    proceedings.take(dispute, new DisputeCommand.AcceptOffer(offer.terms(), by), by);
    offer.answer(Offer.Status.ACCEPTED, clock.instant());
    return new Answered(dispute, offer);
  }

  /// Says no to the other party's offer.
  ///
  /// @throws Refusal as [#accept]
  @Transactional
  public Answered reject(UUID id, UUID offerId, Caller caller) {
    Dispute dispute = access.lock(id, caller);
    Offer offer = offerOfTheOther(dispute, offerId, caller);
    proceedings.take(dispute, new DisputeCommand.RejectOffer(), caller.account());
    offer.answer(Offer.Status.REJECTED, clock.instant());
    PartyRole role = DisputeAccess.party(dispute, caller);
    outbox.append(offer.rejected(dispute.taskId(), caller.account(), role));
    return new Answered(dispute, offer);
  }

  /// Asks for an admin's ruling.
  ///
  /// @throws Refusal 404, 403 no party, 409 with the state
  @Transactional
  public Dispute escalate(UUID id, Caller caller) {
    Dispute dispute = access.lock(id, caller);
    DisputeAccess.party(dispute, caller);
    proceedings.take(dispute, new DisputeCommand.Escalate(), caller.account());
    return dispute;
  }

  private Offer offerOfTheOther(Dispute dispute, UUID offerId, Caller caller) {
    DisputeAccess.party(dispute, caller);
    @Nullable Offer offer = entities.find(Offer.class, offerId);
    if (offer == null || !offer.disputeId().equals(dispute.id())) {
      throw Refusal.notFound("offer");
    }
    if (offer.madeBy().equals(caller.account())) {
      throw new Refusal(403, "own_offer", "The other party answers your offer.");
    }
    return offer;
  }

  private Optional<Offer> openOffer(UUID disputeId) {
    return entities
        .createQuery("from Offer where disputeId = :id and status = :open", Offer.class)
        .setParameter("id", disputeId)
        .setParameter("open", Offer.Status.OPEN)
        .getResultStream()
        .findFirst();
  }
}
