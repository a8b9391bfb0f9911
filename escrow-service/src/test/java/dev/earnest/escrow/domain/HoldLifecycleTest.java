package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every state of a hold × every operation.
class HoldLifecycleTest {
  private static final UUID TASK = UUID.fromString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
  private static final AccountKey BUYER = AccountKey.wallet("buyer", Money.USDC);
  private static final AccountKey AGENT = AccountKey.wallet("agent", Money.USDC);
  private static final AccountKey ESCROW = AccountKey.escrow(TASK, Money.USDC);
  private static final AccountKey FEE = new AccountKey(AccountKind.FEE, "7", Money.USDC);

  private static final Map<String, HoldCommand> COMMANDS =
      Map.of(
          "fund", new HoldCommand.Fund(usdc("50")),
          "fund too much", new HoldCommand.Fund(usdc("50.000001")),
          "agree", new HoldCommand.Agree(usdc("40"), 1),
          "agree in full", new HoldCommand.Agree(usdc("50"), 1),
          "release", new HoldCommand.Release("agent"),
          "refund", new HoldCommand.Refund("cancelled"),
          "freeze", new HoldCommand.Freeze(),
          "thaw", new HoldCommand.Thaw(),
          "settle", new HoldCommand.Settle("agent", TASK, "SPLIT", new BigDecimal("50")));

  /// The legal pairs: state, command, the next state, and what moves to or from buyer, escrow,
  /// agent and fee. Every other pair of a task with money is illegal.
  private static final List<Row> LEGAL =
      List.of(
          new Row("NONE", "fund", HoldState.HELD, "-50", "50", "0", "0"),
          new Row("NONE", "fund too much", HoldState.NONE, "0", "0", "0", "0"),
          new Row("HELD", "agree", HoldState.HELD, "10", "-10", "0", "0"),
          new Row("HELD", "agree in full", HoldState.HELD, "0", "0", "0", "0"),
          new Row("HELD", "release", HoldState.RELEASED, "0", "-50", "47.5", "2.5"),
          new Row("HELD", "refund", HoldState.REFUNDED, "50", "-50", "0", "0"),
          new Row("HELD", "freeze", HoldState.FROZEN, "0", "0", "0", "0"),
          new Row("FROZEN", "thaw", HoldState.HELD, "0", "0", "0", "0"),
          new Row("FROZEN", "settle", HoldState.SETTLED, "25", "-50", "23.75", "1.25"));

  record Row(
      String from,
      String command,
      HoldState to,
      String buyer,
      String escrow,
      String agent,
      String fee) {}

  static List<Row> legal() {
    return LEGAL;
  }

  static Stream<Arguments> illegal() {
    return holds().keySet().stream()
        .filter(state -> !state.equals("NONE"))
        .flatMap(state -> COMMANDS.keySet().stream().map(command -> Arguments.of(state, command)))
        .filter(pair ->
            LEGAL.stream()
                .noneMatch(
                    row -> row.from().equals(pair.get()[0]) && row.command().equals(pair.get()[1])))
        .filter(pair ->
            !pair.get()[0].equals("NONE, refused") || pair.get()[1].toString().startsWith("fund"));
  }

  static Stream<Arguments> withoutMoney() {
    return Stream.of("NONE", "NONE, refused")
        .flatMap(state ->
            COMMANDS.keySet().stream()
                .filter(command -> !command.startsWith("fund"))
                .map(command -> Arguments.of(state, command)));
  }

  @ParameterizedTest
  @MethodSource("legal")
  void legalMoveLeadsOnAndMovesExactlyThis(Row row) {
    HoldDecision decision = decide(row.from(), row.command());

    assertThat(decision.next().state()).isEqualTo(row.to());
    assertThat(moved(decision, BUYER)).isEqualTo(usdc(row.buyer()));
    assertThat(moved(decision, ESCROW)).isEqualTo(usdc(row.escrow()));
    assertThat(moved(decision, AGENT)).isEqualTo(usdc(row.agent()));
    assertThat(moved(decision, FEE)).isEqualTo(usdc(row.fee()));
    assertThat(decision.next().inEscrow())
        .isEqualTo(hold(row.from()).inEscrow().plus(usdc(row.escrow())));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void everyOtherMoveIsRefusedWithTheState(String from, String command) {
    assertThatThrownBy(() -> decide(from, command))
        .isInstanceOfSatisfying(
            IllegalMove.class,
            move -> assertThat(move.state()).isEqualTo(hold(from).state().name()));
  }

  @ParameterizedTest
  @MethodSource("withoutMoney")
  void taskWithoutMoneyGoesItsWay(String from, String command) {
    assertThat(decide(from, command)).isEqualTo(HoldDecision.nothing(hold(from)));
  }

  @Test
  void tableCoversEveryPair() {
    long pairs = (long) holds().size() * COMMANDS.size();
    assertThat(LEGAL.size() + illegal().count() + withoutMoney().count()).isEqualTo(pairs);
  }

  @Test
  void afterAnAgreedPriceOnlyThatIsPaid() {
    Hold agreed = decide("HELD", "agree").next();

    HoldDecision released = HoldLifecycle.decide(agreed, new HoldCommand.Release("agent"), terms());

    assertThat(moved(released, AGENT)).isEqualTo(usdc("38"));
    assertThat(moved(released, FEE)).isEqualTo(usdc("2"));
    assertThat(released.next().refunded()).isEqualTo(usdc("10"));
    assertThat(released.next().inEscrow()).isEqualTo(usdc("0"));
  }

  @Test
  void agreedPriceOfNothingEndsWithoutATransfer() {
    Hold free =
        HoldLifecycle.decide(hold("HELD"), new HoldCommand.Agree(usdc("0"), 1), terms()).next();

    HoldDecision released = HoldLifecycle.decide(free, new HoldCommand.Release("agent"), terms());

    assertThat(released.transfers()).isEmpty();
    assertThat(released.next().state()).isEqualTo(HoldState.RELEASED);
  }

  @Test
  void buyerWhoIsAlsoThePayeeIsInTheTransferOnce() {
    HoldCommand toOneself = new HoldCommand.Settle("buyer", TASK, "SPLIT", new BigDecimal("50"));

    HoldDecision settled = HoldLifecycle.decide(hold("FROZEN"), toOneself, terms());

    assertThat(moved(settled, BUYER)).isEqualTo(usdc("48.75"));
    assertThat(settled.transfers().getFirst().legs())
        .extracting(Leg::account)
        .doesNotHaveDuplicates();
  }

  @Test
  void payingNobodyIsAnErrorAndNotARefusal() {
    assertThatThrownBy(
            () -> HoldLifecycle.decide(hold("HELD"), new HoldCommand.Release(null), terms()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Map<String, Hold> holds() {
    Hold none = Hold.none(TASK, "buyer", Money.USDC);
    Hold held = none.funded(usdc("50"));
    Money zero = usdc("0");
    return Map.of(
        "NONE",
        none,
        "NONE, refused",
        none.refused(usdc("50"), "insufficient_funds"),
        "HELD",
        held,
        "FROZEN",
        held.in(HoldState.FROZEN),
        "RELEASED",
        held.closed(HoldState.RELEASED, "agent", new Fees.Split(zero, usdc("2.5"), usdc("47.5"))),
        "REFUNDED",
        held.closed(HoldState.REFUNDED, null, new Fees.Split(usdc("50"), zero, zero)),
        "SETTLED",
        held.closed(
            HoldState.SETTLED, "agent", new Fees.Split(usdc("25"), usdc("1.25"), usdc("23.75"))));
  }

  private static Hold hold(String state) {
    return Objects.requireNonNull(holds().get(state));
  }

  private static HoldDecision decide(String from, String command) {
    return HoldLifecycle.decide(hold(from), Objects.requireNonNull(COMMANDS.get(command)), terms());
  }

  private static Terms terms() {
    return new Terms(new Fees(500), FEE, _ -> usdc("50"));
  }

  private static Money moved(HoldDecision decision, AccountKey account) {
    long micros =
        decision.transfers().stream()
            .flatMap(transfer -> transfer.legs().stream())
            .filter(leg -> leg.account().equals(account))
            .mapToLong(Leg::micros)
            .sum();
    return new Money(micros, Money.USDC);
  }

  private static Money usdc(String amount) {
    return new Money(
        new BigDecimal(amount).movePointRight(Money.DECIMALS).longValueExact(), Money.USDC);
  }
}
