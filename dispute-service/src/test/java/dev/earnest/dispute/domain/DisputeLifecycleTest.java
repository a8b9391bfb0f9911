package dev.earnest.dispute.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.dispute.domain.DisputeCommand.AcceptOffer;
import dev.earnest.dispute.domain.DisputeCommand.CastVote;
import dev.earnest.dispute.domain.DisputeCommand.Confirm;
import dev.earnest.dispute.domain.DisputeCommand.Escalate;
import dev.earnest.dispute.domain.DisputeCommand.MakeOffer;
import dev.earnest.dispute.domain.DisputeCommand.Refuse;
import dev.earnest.dispute.domain.DisputeCommand.RejectOffer;
import dev.earnest.dispute.domain.DisputeCommand.Rule;
import dev.earnest.dispute.domain.DisputeCommand.RunOut;
import dev.earnest.dispute.domain.DisputeCommand.SubmitEvidence;
import dev.earnest.kit.problem.IllegalMove;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DisputeLifecycleTest {
  private static final String NO = "-";
  private static final Ruling RULING =
      Ruling.arbitration(Resolution.SPLIT, null, "admin-1", "fair enough");
  private static final Tally MAJORITY = new Tally(1, 3, 0);
  private static final Tally UNDECIDED = new Tally(2, 2, 0);
  private static final Tally HUNG = new Tally(2, 2, 1);

  /// One row a command, one column a state, in the order of [DisputeState].
  private static final Map<DisputeCommand, String> TABLE =
      Map.ofEntries(
          // .......................... OPENING NEGOTIATION JURY ARBITRATION RESOLVED REFUSED
          row(new Confirm(true), "      NEGOTIATION -           -           -           - -"),
          row(new Confirm(false), "     RESOLVED    -           -           -           - -"),
          row(new Refuse("over"), "     REFUSED     -           -           -           - -"),
          row(new SubmitEvidence(), "   OPENING     NEGOTIATION JURY        ARBITRATION - -"),
          row(new MakeOffer(), "        -           NEGOTIATION -           -           - -"),
          row(new RejectOffer(), "      -           NEGOTIATION -           -           - -"),
          row(accept(redeliver()), "    -           RESOLVED    -           -           - -"),
          row(accept(refund("30")), "   -           RESOLVED    -           -           - -"),
          row(new Escalate(), "         -           ARBITRATION ARBITRATION -           - -"),
          row(new CastVote(MAJORITY), " -           -           RESOLVED    -           - -"),
          row(new CastVote(UNDECIDED), "-           -           JURY        -           - -"),
          row(new CastVote(HUNG), "     -           -           ARBITRATION -           - -"),
          row(new RunOut(5, MAJORITY), "-           JURY        RESOLVED    RESOLVED    - -"),
          row(new RunOut(5, UNDECIDED), "-          JURY        ARBITRATION RESOLVED    - -"),
          row(new RunOut(4, UNDECIDED), "-          ARBITRATION ARBITRATION RESOLVED    - -"),
          row(new Rule(RULING), "       -           RESOLVED    RESOLVED    RESOLVED    - -"));

  static Stream<Arguments> everyStateAndCommand() {
    List<Arguments> all = new ArrayList<>();
    TABLE.forEach((command, columns) -> {
      String[] targets = columns.strip().split("\\s+", -1);
      for (DisputeState state : DisputeState.values()) {
        all.add(Arguments.of(state, command, targets[state.ordinal()]));
      }
    });
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @MethodSource("everyStateAndCommand")
  void stateAndCommandLeadWhereTheTableSays(
      DisputeState state, DisputeCommand command, String target) {
    if (target.equals(NO)) {
      assertThatThrownBy(() -> DisputeLifecycle.decide(state, command))
          .isInstanceOfSatisfying(
              IllegalMove.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(409);
                assertThat(refusal.state()).isEqualTo(state.name());
              });
    } else {
      assertThat(DisputeLifecycle.decide(state, command).to())
          .isEqualTo(DisputeState.valueOf(target));
    }
  }

  @Test
  void tableHasEveryCommand() {
    assertThat(TABLE.keySet().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(kinds(DisputeCommand.class).toList());
    assertThat(TABLE.values())
        .allSatisfy(columns ->
            assertThat(Arrays.asList(columns.strip().split("\\s+", -1)))
                .hasSize(DisputeState.values().length));
  }

  private static Stream<Class<?>> kinds(Class<?> command) {
    return command.isSealed()
        ? Stream.of(command.getPermittedSubclasses()).flatMap(DisputeLifecycleTest::kinds)
        : Stream.of(command);
  }

  @Test
  void everyEndHasItsOutcomeAndNothingElseHas() {
    everyStateAndCommand()
        .filter(row -> !row.get()[2].equals(NO))
        .forEach(row -> {
          Move move =
              DisputeLifecycle.decide((DisputeState) row.get()[0], (DisputeCommand) row.get()[1]);
          boolean goesOn =
              switch (move.outcome()) {
                case Move.Undecided _, Move.JuryCalled _, Move.Escalated _ -> true;
                case Move.Ruled _, Move.Refused _, Move.Redelivery _ -> false;
              };
          assertThat(goesOn).isEqualTo(move.to().isOpen());
          assertThat(move.outcome() instanceof Move.Refused)
              .isEqualTo(move.to() == DisputeState.REFUSED);
        });
  }

  @Test
  void nothingDeliveredIsRefundedInFull() {
    assertThat(outcome(DisputeState.OPENING, new Confirm(false)))
        .isEqualTo(
            new Move.Ruled(
                new Ruling(
                    Resolution.REFUND_BUYER,
                    BigDecimal.valueOf(100),
                    Tier.AUTOMATIC,
                    null,
                    "Nothing was delivered.")));
  }

  @Test
  void settlementIsNamedByItsShare() {
    assertThat(settled("0")).isEqualTo(Resolution.RELEASE_TO_AGENT);
    assertThat(settled("0.000001")).isEqualTo(Resolution.SPLIT);
    assertThat(settled("100")).isEqualTo(Resolution.REFUND_BUYER);
  }

  @Test
  void acceptedRedeliveryIsNoRuling() {
    assertThat(outcome(DisputeState.NEGOTIATION, accept(redeliver())))
        .isEqualTo(new Move.Redelivery("buyer-1"));
  }

  @Test
  void nobodyRuledInTimeSplitsTheMoneyAndJudgesNobody() {
    Move.Ruled ruled = (Move.Ruled) outcome(DisputeState.ARBITRATION, new RunOut(0, Tally.NONE));
    assertThat(ruled.ruling().resolution()).isEqualTo(Resolution.SPLIT);
    assertThat(ruled.ruling().refundPercentage()).isEqualTo(BigDecimal.valueOf(50));
    assertThat(ruled.ruling().reputation()).isEmpty();
  }

  @Test
  void adminHearsWhy() {
    assertThat(outcome(DisputeState.JURY, new Escalate()))
        .isEqualTo(new Move.Escalated(Move.Cause.PARTY));
    assertThat(outcome(DisputeState.NEGOTIATION, new RunOut(4, Tally.NONE)))
        .isEqualTo(new Move.Escalated(Move.Cause.TOO_FEW_JURORS));
    assertThat(outcome(DisputeState.JURY, new RunOut(5, UNDECIDED)))
        .isEqualTo(new Move.Escalated(Move.Cause.NO_MAJORITY));
    assertThat(outcome(DisputeState.JURY, new CastVote(HUNG)))
        .isEqualTo(new Move.Escalated(Move.Cause.NO_MAJORITY));
  }

  @Test
  void threeOfFiveJurorsDecide() {
    assertThat(new Tally(3, 2, 0).verdict()).contains(Ruling.verdict(Resolution.REFUND_BUYER));
    assertThat(new Tally(0, 3, 0).verdict()).contains(Ruling.verdict(Resolution.RELEASE_TO_AGENT));
    assertThat(new Tally(1, 1, 3).verdict()).contains(Ruling.verdict(Resolution.SPLIT));
    assertThat(new Tally(2, 0, 0).verdict()).isEmpty();
  }

  private static Resolution settled(String percentage) {
    Move.Ruled ruled = (Move.Ruled) outcome(DisputeState.NEGOTIATION, accept(refund(percentage)));
    assertThat(ruled.ruling().tier()).isEqualTo(Tier.SETTLEMENT);
    assertThat(ruled.ruling().refundPercentage()).isEqualTo(new BigDecimal(percentage));
    return ruled.ruling().resolution();
  }

  private static Move.Outcome outcome(DisputeState state, DisputeCommand command) {
    return DisputeLifecycle.decide(state, command).outcome();
  }

  private static AcceptOffer accept(Terms terms) {
    return new AcceptOffer(terms, "buyer-1");
  }

  private static Terms refund(String percentage) {
    return new Terms.Refund(new BigDecimal(percentage));
  }

  private static Terms redeliver() {
    return new Terms.Redeliver();
  }

  private static Map.Entry<DisputeCommand, String> row(DisputeCommand command, String targets) {
    return Map.entry(command, targets);
  }
}
