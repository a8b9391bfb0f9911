package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.IllegalMove;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every state of a hold × every operation.
class HoldLifecycleTest {
  private static final UUID TASK = UUID.fromString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
  private static final AccountKey BUYER = AccountKey.wallet("buyer", Money.USDC);
  private static final AccountKey AGENT = AccountKey.wallet("agent", Money.USDC);
  private static final AccountKey ESCROW = AccountKey.escrow(TASK, Money.USDC);
  private static final AccountKey FEE = new AccountKey(AccountKind.FEE, "7", Money.USDC);

  private static final UUID KEY = UUID.fromString("0199f1c3-0000-7000-8000-000000000001");
  private static final HoldCommand RELEASE = new HoldCommand.Release("agent", usdc("50"));
  private static final HoldCommand REFUND = new HoldCommand.Refund("cancelled");
  private static final HoldCommand SETTLE =
      new HoldCommand.Settle("agent", TASK, "SPLIT", new BigDecimal("50"));
  private static final HoldCommand AGREE = new HoldCommand.Agree(usdc("40"), 1);

  private static final Map<String, HoldCommand> COMMANDS =
      Map.ofEntries(
          Map.entry("fund", new HoldCommand.Fund(usdc("50"), null)),
          Map.entry("fund too much", new HoldCommand.Fund(usdc("50.000001"), null)),
          Map.entry("fund over the cap", new HoldCommand.Fund(usdc("50"), key("49.999999"))),
          Map.entry("agree", AGREE),
          Map.entry("agree in full", new HoldCommand.Agree(usdc("50"), 1)),
          Map.entry("release", RELEASE),
          Map.entry("release a part", new HoldCommand.Release("agent", usdc("30"))),
          Map.entry("refund", REFUND),
          Map.entry("freeze", new HoldCommand.Freeze()),
          Map.entry("thaw", new HoldCommand.Thaw()),
          Map.entry("settle", SETTLE),
          Map.entry("align to nothing", align(null)),
          Map.entry("align to agree", align(AGREE)),
          Map.entry("align to release", align(RELEASE)),
          Map.entry("align to refund", align(REFUND)),
          Map.entry("align to freeze", align(new HoldCommand.Freeze())),
          Map.entry("align to settle", align(SETTLE)));

  /// The legal pairs: state, command, the next state, and what moves to or from buyer, escrow,
  /// agent and fee. Every other pair of a task with money is illegal, but for align, which asks
  /// nothing of money that has left escrow.
  private static final List<Row> LEGAL =
      List.of(
          new Row("NONE", "fund", HoldState.HELD, "-50", "50", "0", "0"),
          new Row("NONE", "fund too much", HoldState.NONE, "0", "0", "0", "0"),
          new Row("NONE", "fund over the cap", HoldState.NONE, "0", "0", "0", "0"),
          new Row("HELD", "agree", HoldState.HELD, "10", "-10", "0", "0"),
          new Row("HELD", "agree in full", HoldState.HELD, "0", "0", "0", "0"),
          new Row("HELD", "release", HoldState.RELEASED, "0", "-50", "47.5", "2.5"),
          new Row("HELD", "release a part", HoldState.RELEASED, "20", "-50", "28.5", "1.5"),
          new Row("HELD", "refund", HoldState.REFUNDED, "50", "-50", "0", "0"),
          new Row("HELD", "freeze", HoldState.FROZEN, "0", "0", "0", "0"),
          new Row("FROZEN", "thaw", HoldState.HELD, "0", "0", "0", "0"),
          new Row("FROZEN", "settle", HoldState.SETTLED, "25", "-50", "23.75", "1.25"),
          new Row("HELD", "align to nothing", HoldState.HELD, "0", "0", "0", "0"),
          new Row("HELD", "align to agree", HoldState.HELD, "10", "-10", "0", "0"),
          new Row("HELD", "align to release", HoldState.RELEASED, "0", "-50", "47.5", "2.5"),
          new Row("HELD", "align to refund", HoldState.REFUNDED, "50", "-50", "0", "0"),
          new Row("HELD", "align to freeze", HoldState.FROZEN, "0", "0", "0", "0"),
          new Row("HELD", "align to settle", HoldState.SETTLED, "25", "-50", "23.75", "1.25"),
          new Row("FROZEN", "align to nothing", HoldState.HELD, "0", "0", "0", "0"),
          new Row("FROZEN", "align to agree", HoldState.HELD, "10", "-10", "0", "0"),
          new Row("FROZEN", "align to release", HoldState.RELEASED, "0", "-50", "47.5", "2.5"),
          new Row("FROZEN", "align to refund", HoldState.REFUNDED, "50", "-50", "0", "0"),
          new Row("FROZEN", "align to freeze", HoldState.FROZEN, "0", "0", "0", "0"),
          new Row("FROZEN", "align to settle", HoldState.SETTLED, "25", "-50", "23.75", "1.25"));

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
            !pair.get()[0].equals("NONE, refused") || pair.get()[1].toString().startsWith("fund"))
        .filter(pair -> !pair.get()[1].toString().startsWith("align"));
  }

  static Stream<Arguments> withoutEffect() {
    Stream<Arguments> withoutMoney =
        Stream.of("NONE", "NONE, refused")
            .flatMap(state -> pairs(state, command -> !command.startsWith("fund")));
    Stream<Arguments> over =
        Stream.of("RELEASED", "REFUNDED", "SETTLED")
            .flatMap(state -> pairs(state, command -> command.startsWith("align")));
    return Stream.concat(withoutMoney, over);
  }

  private static Stream<Arguments> pairs(String state, Predicate<String> commands) {
    return COMMANDS.keySet().stream().filter(commands).map(command -> Arguments.of(state, command));
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
            move -> {
              assertThat(move.code()).isEqualTo("illegal_hold_move");
              assertThat(move.state()).isEqualTo(hold(from).state().name());
            });
  }

  @ParameterizedTest
  @MethodSource("withoutEffect")
  void whatAsksNothingOfTheMoneyMovesNothing(String from, String command) {
    assertThat(decide(from, command)).isEqualTo(HoldDecision.nothing(hold(from)));
  }

  @Test
  void tableCoversEveryPair() {
    long pairs = (long) holds().size() * COMMANDS.size();
    assertThat(LEGAL.size() + illegal().count() + withoutEffect().count()).isEqualTo(pairs);
  }

  @Test
  void afterAnAgreedPriceOnlyThatIsPaid() {
    Hold agreed = decide("HELD", "agree").next();

    HoldDecision released =
        HoldLifecycle.decide(agreed, new HoldCommand.Release("agent", usdc("50")), terms());

    assertThat(moved(released, AGENT)).isEqualTo(usdc("38"));
    assertThat(moved(released, FEE)).isEqualTo(usdc("2"));
    assertThat(released.next().refunded()).isEqualTo(usdc("10"));
    assertThat(released.next().inEscrow()).isEqualTo(usdc("0"));
  }

  @Test
  void partialReleasePaysThePriceAndGivesTheRestBackAsOneDecision() {
    HoldDecision decision = decide("HELD", "release a part");

    assertThat(decision.transfers())
        .extracting(Transfer::kind)
        .containsExactly(TransferKind.PARTIAL_REFUND, TransferKind.RELEASE);
    assertThat(decision.next().released()).isEqualTo(usdc("30"));
    assertThat(decision.next().refunded()).isEqualTo(usdc("20"));
    assertThat(decision.next().fee()).isEqualTo(usdc("1.5"));
  }

  @ParameterizedTest
  @CsvSource({
    "fund too much, insufficient_funds",
    "fund over the cap, spend_cap",
  })
  void refusedHoldSaysWhyWithoutFigures(String command, String reason) {
    HoldDecision decision = decide("NONE", command);

    assertThat(decision.next().refusal()).isEqualTo(reason);
    assertThat(decision.transfers()).isEmpty();
    assertThat(decision.events())
        .singleElement()
        .isInstanceOfSatisfying(
            EscrowEvent.Refused.class,
            refused -> assertThat(refused.detail()).doesNotContain("49.999999"));
  }

  @Test
  void agreedPriceOfNothingEndsWithoutATransfer() {
    Hold free =
        HoldLifecycle.decide(hold("HELD"), new HoldCommand.Agree(usdc("0"), 1), terms()).next();

    HoldDecision released =
        HoldLifecycle.decide(free, new HoldCommand.Release("agent", usdc("50")), terms());

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
    assertThatThrownBy(() ->
            HoldLifecycle.decide(hold("HELD"), new HoldCommand.Release(null, usdc("50")), terms()))
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
    return new Terms(new Fees(500), FEE, _ -> usdc("50"), spending());
  }

  private static Spending spending() {
    var nothing = new Spending.Standing(LocalDate.EPOCH, 0, SpendCaps.NONE);
    return new Spending(
        Spender.of("buyer", key("0")).stream().collect(Collectors.toMap(Spender::id, _ -> nothing)),
        Instant.EPOCH);
  }

  private static ApiKey key(String perTask) {
    return new ApiKey(KEY, new SpendCaps(usdc(perTask), null));
  }

  private static HoldCommand align(@Nullable HoldCommand wanted) {
    return new HoldCommand.Align("SOMEHOW", wanted);
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
