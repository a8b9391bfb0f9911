package dev.earnest.escrow.domain;

import dev.earnest.escrow.domain.HoldCommand.Agree;
import dev.earnest.escrow.domain.HoldCommand.Freeze;
import dev.earnest.escrow.domain.HoldCommand.Fund;
import dev.earnest.escrow.domain.HoldCommand.Refund;
import dev.earnest.escrow.domain.HoldCommand.Release;
import dev.earnest.escrow.domain.HoldCommand.Settle;
import dev.earnest.escrow.domain.HoldCommand.Thaw;
import dev.earnest.kit.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each command of [HoldLifecycle] does, once it is known to be allowed.
final class HoldMoves {
  private final Hold hold;
  private final Terms terms;
  private final AccountKey escrow;
  private final AccountKey buyer;

  HoldMoves(Hold hold, Terms terms) {
    this.hold = hold;
    this.terms = terms;
    this.escrow = AccountKey.escrow(hold.task(), hold.currency());
    this.buyer = AccountKey.wallet(hold.buyer(), hold.currency());
  }

  HoldDecision fund(Fund fund) {
    Money budget = fund.budget();
    List<Spender> spenders = Spender.of(hold.buyer(), fund.key());
    Optional<String> overCap = terms.spending().refuses(spenders, budget, budget);
    if (overCap.isPresent()) {
      return refuse(budget, HoldRefusal.SPEND_CAP, overCap.get());
    }
    Money available = terms.balances().apply(buyer);
    if (available.micros() < budget.micros()) {
      // Both parties read this: it must not say what the buyer has.
      String detail =
          "The wallet has less than %s %s available."
              .formatted(budget.decimal().toPlainString(), budget.currency());
      return refuse(budget, HoldRefusal.INSUFFICIENT_FUNDS, detail);
    }
    Transfer transfer =
        Transfer.from(
            buyer,
            TransferKind.HOLD,
            hold.task().toString(),
            hold.task(),
            new Transfer.Part(escrow, budget));
    terms.spending().spend(spenders, budget);
    return new HoldDecision(
        hold.funded(budget),
        List.of(transfer),
        List.of(
            new EscrowEvent.Held(hold.task(), hold.buyer(), budget.decimal(), budget.currency())));
  }

  private HoldDecision refuse(Money budget, HoldRefusal reason, String detail) {
    return new HoldDecision(
        hold.refused(budget, reason.code()),
        List.of(),
        List.of(
            new EscrowEvent.Refused(
                hold.task(),
                hold.buyer(),
                budget.decimal(),
                budget.currency(),
                reason.code(),
                detail)));
  }

  /// A price of what is held or more moves nothing: more than what is held is never paid.
  HoldDecision agree(Agree agree) {
    return giveBackOver(agree.price(), hold.task() + "/" + agree.attempt());
  }

  private HoldDecision giveBackOver(Money price, String reference) {
    Money held = hold.inEscrow();
    if (price.micros() >= held.micros()) {
      return HoldDecision.nothing(hold);
    }
    Money back = held.minus(price);
    return new HoldDecision(
        hold.agreed(price, back),
        List.of(
            Transfer.from(
                escrow,
                TransferKind.PARTIAL_REFUND,
                reference,
                hold.task(),
                new Transfer.Part(buyer, back))),
        List.of(refunded(back, "price_agreed", false)));
  }

  /// @throws IllegalStateException when nobody is named to be paid
  HoldDecision release(Release release) {
    HoldDecision priced = giveBackOver(release.price(), hold.task() + "/end");
    return priced.and(new HoldMoves(priced.next(), terms).releaseAll(release.payee()));
  }

  private HoldDecision releaseAll(@Nullable String named) {
    String paid = payee(named);
    Fees.Split split = terms.fees().release(hold.inEscrow());
    AccountKey payee = AccountKey.wallet(paid, hold.currency());
    return new HoldDecision(
        hold.closed(HoldState.RELEASED, paid, split),
        payOut(
            TransferKind.RELEASE,
            new Transfer.Part(payee, split.net()),
            new Transfer.Part(terms.feeAccount(), split.fee())),
        List.of(
            new EscrowEvent.Released(
                hold.task(),
                hold.buyer(),
                split.gross().decimal(),
                hold.currency(),
                paid,
                split.fee().decimal(),
                split.net().decimal())));
  }

  HoldDecision refund(Refund refund) {
    Money all = hold.inEscrow();
    Money nothing = Money.zero(hold.currency());
    return new HoldDecision(
        hold.closed(HoldState.REFUNDED, null, new Fees.Split(all, nothing, nothing)),
        payOut(TransferKind.REFUND, new Transfer.Part(buyer, all)),
        List.of(refunded(all, refund.reason(), true)));
  }

  HoldDecision freeze(Freeze freeze) {
    return new HoldDecision(
        hold.in(HoldState.FROZEN),
        List.of(),
        List.of(
            new EscrowEvent.Frozen(
                hold.task(), hold.buyer(), hold.inEscrow().decimal(), hold.currency())));
  }

  HoldDecision thaw(Thaw thaw) {
    return new HoldDecision(
        hold.in(HoldState.HELD),
        List.of(),
        List.of(
            new EscrowEvent.Thawed(
                hold.task(), hold.buyer(), hold.inEscrow().decimal(), hold.currency())));
  }

  /// @throws IllegalStateException when the ruling pays an agent and none is named
  HoldDecision settle(Settle settle) {
    Fees.Split split = terms.fees().split(hold.inEscrow(), settle.refundPercentage());
    AccountKey payee =
        split.gross().isZero() ? buyer : AccountKey.wallet(payee(settle.payee()), hold.currency());
    return new HoldDecision(
        hold.closed(HoldState.SETTLED, settle.payee(), split),
        payOut(
            TransferKind.SETTLEMENT,
            new Transfer.Part(buyer, split.refund()),
            new Transfer.Part(payee, split.net()),
            new Transfer.Part(terms.feeAccount(), split.fee())),
        List.of(settled(settle, split)));
  }

  private String payee(@Nullable String named) {
    if (named == null) {
      throw new IllegalStateException("nobody is named to be paid for task " + hold.task());
    }
    return named;
  }

  /// Where the agreed price was 0 there is nothing to move, and no transfer.
  private List<Transfer> payOut(TransferKind kind, Transfer.Part... parts) {
    return hold.inEscrow().isZero()
        ? List.of()
        : List.of(Transfer.from(escrow, kind, hold.task().toString(), hold.task(), parts));
  }

  private EscrowEvent refunded(Money amount, String reason, boolean last) {
    return new EscrowEvent.Refunded(
        hold.task(), hold.buyer(), amount.decimal(), amount.currency(), reason, last);
  }

  private EscrowEvent settled(Settle settle, Fees.Split split) {
    return new EscrowEvent.Settled(
        hold.task(),
        hold.buyer(),
        hold.inEscrow().decimal(),
        hold.currency(),
        settle.payee(),
        settle.dispute(),
        settle.resolution(),
        settle.refundPercentage(),
        split.refund().decimal(),
        split.fee().decimal(),
        split.net().decimal());
  }
}
