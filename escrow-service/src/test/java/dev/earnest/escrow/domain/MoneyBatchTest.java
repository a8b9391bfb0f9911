package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.domain.HoldCommand.Agree;
import dev.earnest.escrow.domain.HoldCommand.Align;
import dev.earnest.escrow.domain.HoldCommand.Freeze;
import dev.earnest.escrow.domain.HoldCommand.Fund;
import dev.earnest.escrow.domain.HoldCommand.Refund;
import dev.earnest.escrow.domain.HoldCommand.Release;
import dev.earnest.escrow.domain.HoldCommand.Settle;
import dev.earnest.escrow.domain.HoldCommand.Thaw;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/// Whatever is asked of the money of tasks, in whatever order and however often: nothing is made or
/// lost, nobody falls below zero, what has left escrow does not come back, and caps are kept.
class MoneyBatchTest {
  private static final List<UUID> TASKS =
      IntStream.range(0, 4).mapToObj(i -> new UUID(0x7000L, i)).toList();
  private static final List<String> PEOPLE = List.of("ann", "bob", "cyd");
  private static final Money DEPOSITED = micros(100_000_000);
  private static final Money CAP = micros(150_000_000);
  private static final Set<HoldState> CLOSED =
      Set.of(HoldState.RELEASED, HoldState.REFUNDED, HoldState.SETTLED);

  @Property(tries = 2000)
  void anySequenceKeepsEveryInvariant(@ForAll("news") List<TaskNews> sequence) {
    World world = new World();
    for (TaskNews news : sequence) {
      Map<UUID, Hold> before = Map.copyOf(world.holds);
      world.hear(news);
      world.assertSound();
      before.forEach((task, hold) -> assertMovesOn(hold, world.hold(task)));
    }
  }

  /// Each event also comes again, right away and after all the others: what it asked for is done.
  @Property(tries = 500)
  void moneyLeavesEscrowOnceHoweverOftenEventsCome(@ForAll("news") List<TaskNews> sequence) {
    World world = new World();
    sequence.forEach(news -> Stream.of(news, news).forEach(world::hear));
    sequence.forEach(world::hear);
    world.assertSound();
    for (UUID task : TASKS) {
      long closing =
          world.book.posted().stream()
              .map(Book.Posted::transfer)
              .filter(transfer -> task.equals(transfer.task()))
              .filter(transfer ->
                  Set.of(TransferKind.RELEASE, TransferKind.REFUND, TransferKind.SETTLEMENT)
                      .contains(transfer.kind()))
              .count();
      assertThat(closing).isLessThanOrEqualTo(1);
    }
  }

  private static void assertMovesOn(Hold before, Hold after) {
    assertThat(after.held().micros()).isGreaterThanOrEqualTo(before.held().micros());
    assertThat(after.released().micros()).isGreaterThanOrEqualTo(before.released().micros());
    assertThat(after.refunded().micros()).isGreaterThanOrEqualTo(before.refunded().micros());
    if (CLOSED.contains(before.state())) {
      assertThat(after).isEqualTo(before);
    }
  }

  @Provide
  Arbitrary<List<TaskNews>> news() {
    return Combinators.combine(
            Arbitraries.of(TASKS),
            commands(),
            Arbitraries.integers().between(1, 9),
            Arbitraries.of("PENDING", "EXECUTING", "DISPUTED", "COMPLETED", "CANCELLED"))
        .as(MoneyBatchTest::one)
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<HoldCommand> commands() {
    Arbitrary<HoldCommand> plain = plainCommands();
    Arbitrary<HoldCommand> align =
        plain
            .filter(command -> !(command instanceof Fund || command instanceof Thaw))
            .injectNull(0.2)
            .map(wanted -> new Align("REPORTED", wanted));
    return Arbitraries.frequencyOf(Tuple.of(6, plain), Tuple.of(1, align));
  }

  private static Arbitrary<HoldCommand> plainCommands() {
    Arbitrary<Money> amounts =
        Arbitraries.longs().between(0, 120_000_000).map(MoneyBatchTest::micros);
    Arbitrary<String> people = Arbitraries.of(PEOPLE);
    Arbitrary<BigDecimal> percentages =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.valueOf(100)).ofScale(4);
    return Arbitraries.oneOf(
        amounts.filter(amount -> !amount.isZero()).map(amount -> new Fund(amount, null)),
        Combinators.combine(amounts, Arbitraries.integers().between(1, 3)).as(Agree::new),
        Combinators.combine(people, amounts).as(Release::new),
        Arbitraries.just(new Refund("cancelled")),
        Arbitraries.of(new Freeze(), new Thaw()),
        Combinators.combine(people, percentages)
            .as((payee, percentage) -> new Settle(payee, TASKS.getFirst(), "SPLIT", percentage)));
  }

  private static TaskNews one(UUID task, HoldCommand command, int version, String status) {
    String buyer = PEOPLE.get((int) task.getLeastSignificantBits() % PEOPLE.size());
    TaskFacts facts = new TaskFacts(task, buyer, "cyd", null, List.of(), status, version);
    return new TaskNews(facts, command, Money.USDC);
  }

  private static Money micros(long micros) {
    return new Money(micros, Money.USDC);
  }

  /// A ledger in memory where everybody has been paid in once.
  private static final class World implements Telling {
    private final Map<UUID, Hold> holds = new HashMap<>();
    private final Map<String, Long> spent = new LinkedHashMap<>();
    private final List<AccountKey> accounts;
    private final FeeAccounts fees = new FeeAccounts();
    private final Spending spending;
    private final Book book;
    private final MoneyBatch batch;

    World() {
      AccountKey outside = AccountKey.anyOutside("manual", Money.USDC);
      accounts =
          Stream.of(
                  PEOPLE.stream().map(name -> AccountKey.wallet(name, Money.USDC)),
                  TASKS.stream().map(task -> AccountKey.escrow(task, Money.USDC)),
                  Stream.of(fees.of(Money.USDC), outside))
              .flatMap(keys -> keys)
              .toList();
      Map<AccountKey, Book.Standing> locked = new HashMap<>();
      accounts.forEach(key -> locked.put(key, new Book.Standing(locked.size(), 0, 0)));
      book = new Book(locked, UUID::randomUUID);
      PEOPLE.forEach(name ->
          book.post(
              Transfer.from(
                  outside,
                  TransferKind.DEPOSIT,
                  name,
                  null,
                  new Transfer.Part(AccountKey.wallet(name, Money.USDC), DEPOSITED))));
      Map<Spender.Id, Spending.Standing> standings = new HashMap<>();
      for (String name : PEOPLE) {
        Spender.of(name, null)
            .forEach(spender ->
                standings.put(
                    spender.id(),
                    new Spending.Standing(LocalDate.EPOCH, 0, new SpendCaps(null, CAP))));
      }
      spending = new Spending(standings, Instant.EPOCH);
      batch = new MoneyBatch(new HashMap<>(), holds, book, new Fees(500), fees, spending, this);
    }

    @Override
    public void draft(EscrowEvent event) {
      if (event instanceof EscrowEvent.Held held) {
        spent.merge(held.payer(), Money.of(held.amount(), Money.USDC).micros(), Long::sum);
      }
    }

    @Override
    public void append() {}

    void hear(TaskNews news) {
      try {
        batch.apply(news);
      } catch (Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.code()).isIn("illegal_hold_move", "task_final", "report_overtaken");
      }
    }

    Hold hold(UUID task) {
      return Objects.requireNonNull(holds.get(task));
    }

    void assertSound() {
      long sum = 0;
      for (AccountKey account : accounts) {
        long balance = book.balance(account).micros();
        sum += balance;
        if (account.kind() != AccountKind.OUTSIDE) {
          assertThat(balance).as("%s", account).isNotNegative();
        }
      }
      assertThat(sum).isZero();
      for (UUID task : TASKS) {
        Money escrow = book.balance(AccountKey.escrow(task, Money.USDC));
        @Nullable Hold hold = holds.get(task);
        assertThat(escrow).isEqualTo(hold == null ? micros(0) : hold.inEscrow());
        if (hold != null && !hold.isOpen()) {
          assertThat(escrow.isZero()).isTrue();
        }
      }
      spent.forEach((name, micros) -> assertThat(micros).isLessThanOrEqualTo(CAP.micros()));
    }
  }
}
