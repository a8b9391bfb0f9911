package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.money.Money;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.testkit.TestKafka;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Eight writers at once do whatever can be done with money, on the real database: events in any order
/// and any number of times, deposits, tips, withdrawals and caps, while connections are killed under
/// them. Whatever came of it, the ledger is clean, and everything told once more changes nothing.
@QuarkusTest
class LedgerPropertyTest extends EscrowTests {
  private static final int WRITERS = 8;
  private static final int STEPS = 40;
  private static final int PLANS = 6;
  private static final Pattern KILLED =
      Pattern.compile(
          "terminating connection|connection has been closed|I/O error|connection is closed");

  private static final AtomicInteger KILLS = new AtomicInteger();

  @Inject Inbox inbox;
  @Inject @All List<TopicHandler> handlers;
  @Inject Deposits deposits;
  @Inject Tips tips;
  @Inject Withdrawals withdrawals;
  @Inject SpendLimits limits;
  @Inject LedgerCheck check;

  /// One thing that a writer does; numbers are taken modulo what there is.
  record Step(What what, int task, int person, long micros, int times) {}

  enum What {
    CREATED,
    ASSIGNED,
    DELIVERED,
    COMPLETED,
    CANCELLED,
    DISPUTED,
    REDELIVERY_STARTED,
    RULED,
    REPORTED,
    AGAIN,
    DEPOSIT,
    TIP,
    WITHDRAW,
    DECIDE,
    CAP
  }

  static Stream<Long> seeds() {
    return Stream.generate(() -> ThreadLocalRandom.current().nextLong()).limit(PLANS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anythingByEightWritersKeepsEveryInvariant(long seed) throws Exception {
    World world = new World();
    List<List<Step>> plan = plan(seed);
    AtomicInteger refused = new AtomicInteger();

    try (Killer killer = new Killer();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (List<Step> steps : plan) {
        running.add(writers.submit(() -> steps.forEach(step -> world.attempt(step, refused))));
      }
      for (Future<?> writer : running) {
        finish(writer);
      }
      KILLS.addAndGet(killer.kills.get());
    }

    assertClean();
    String before = world.balances();
    world.tellEverythingAgain();
    assertThat(world.balances()).as("after everything was told again").isEqualTo(before);
    assertClean();
    world.reportAllAsCancelled();
    assertThat(world.balances())
        .as("after reconciliation")
        .doesNotContainPattern(" (?!0.00)\\S+ held");
    assertClean();
  }

  @AfterAll
  static void connectionsWereKilled() {
    assertThat(KILLS).hasPositiveValue();
  }

  private static void finish(Future<?> writer) throws InterruptedException, TimeoutException {
    try {
      writer.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a writer met what is neither a refusal nor a killed connection", e);
    }
  }

  /// The connection that was killed last may only be noticed now.
  private void assertClean() {
    List<LedgerCheck.Verdict> verdicts =
        await().ignoreExceptionsMatching(LedgerPropertyTest::isKilled).until(check::run, _ -> true);
    assertThat(verdicts)
        .allSatisfy(verdict -> assertThat(verdict.rows()).as(verdict.name()).isEmpty());
  }

  private static List<List<Step>> plan(long seed) {
    List<List<Step>> plan = new ArrayList<>();
    JqwikSession.run(() -> plan.addAll(plans().generator(1000).next(new Random(seed)).value()));
    return plan;
  }

  private static Arbitrary<List<List<Step>>> plans() {
    Arbitrary<What> whats =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(What.CREATED)), Tuple.of(1, Arbitraries.of(What.class)));
    return Combinators.combine(
            whats,
            Arbitraries.integers().between(0, 1000),
            Arbitraries.integers().between(0, 1000),
            Arbitraries.longs().between(1, 60_000_000),
            Arbitraries.integers().between(1, 4))
        .as(Step::new)
        .list()
        .ofSize(STEPS)
        .list()
        .ofSize(WRITERS);
  }

  /// Three people, who are buyers and agents of each other, and twelve tasks.
  private final class World {
    private final List<String> people =
        Stream.of("ann", "bob", "cyd").map(EscrowTests::someone).toList();
    private final List<TaskTeller> tasks =
        IntStream.range(0, 12)
            .mapToObj(i -> new TaskTeller(person(i), person(i + 1 + i % 2)))
            .toList();
    private final List<ConsumerRecord<String, byte[]>> told = new ArrayList<>();
    private final List<UUID> asked = new ArrayList<>();

    World() {
      people.forEach(name -> deposit(name, "100"));
    }

    private String person(int number) {
      return people.get(number % people.size());
    }

    void attempt(Step step, AtomicInteger refused) {
      try {
        run(step);
      } catch (Refusal refusal) {
        assertThat(refusal.status()).as(refusal.code()).isIn(403, 404, 409);
        refused.incrementAndGet();
      } catch (RuntimeException e) {
        assertThat(isKilled(e)).as("%s", e).isTrue();
      }
    }

    private void run(Step step) {
      Money amount = new Money(step.micros(), Money.USDC);
      String person = person(step.person());
      TaskTeller task = tasks.get(step.task() % tasks.size());
      switch (step.what()) {
        case AGAIN -> hear(some(step));
        case DEPOSIT -> {
          Deposit deposit = new Deposit(person, amount, UUID.randomUUID().toString());
          IntStream.range(0, step.times()).forEach(_ -> deposits.post(deposit));
        }
        case TIP ->
            tips.pay(
                UUID.fromString(task.id()),
                new Caller(task.buyer(), Set.of(Role.BUYER), null),
                new Tip.Request(TransferKind.TIP, amount, null));
        case WITHDRAW -> {
          UUID id = withdrawals.request(person, amount, "bank").id();
          synchronized (asked) {
            asked.add(id);
          }
        }
        case DECIDE -> decide(step);
        case CAP -> limits.set(person, new SpendCaps(null, step.times() == 1 ? amount : null));
        default -> tell(step, task);
      }
    }

    private void decide(Step step) {
      UUID id;
      synchronized (asked) {
        id = asked.isEmpty() ? UUID.randomUUID() : asked.get(step.task() % asked.size());
      }
      if (step.times() % 2 == 0) {
        withdrawals.confirm(id, "root", null);
      } else {
        withdrawals.reject(id, "root", null);
      }
    }

    /// The same event several times, together with what was told before.
    private void tell(Step step, TaskTeller task) {
      ConsumerRecord<String, byte[]> record = record(step, task);
      List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(some(step));
      IntStream.range(0, step.times()).forEach(_ -> batch.add(record));
      synchronized (told) {
        told.add(record);
      }
      hear(batch);
    }

    private List<ConsumerRecord<String, byte[]>> some(Step step) {
      synchronized (told) {
        return told.isEmpty()
            ? List.of()
            : IntStream.range(0, step.times())
                .mapToObj(i -> told.get((step.task() + i * 7) % told.size()))
                .toList();
      }
    }

    private void hear(List<ConsumerRecord<String, byte[]>> batch) {
      inbox.receive(
          new ConsumerRecords<>(Map.of(new TopicPartition(Topics.TASK, 0), batch), Map.of()),
          taskEvents());
    }

    private TopicHandler taskEvents() {
      return handlers.stream()
          .filter(handler -> handler.topic().equals(Topics.TASK))
          .findFirst()
          .orElseThrow();
    }

    void tellEverythingAgain() {
      hear(told);
    }

    /// What is still held for them goes back.
    void reportAllAsCancelled() {
      hear(
          tasks.stream()
              .map(task ->
                  record(
                      task,
                      type("state_reported"),
                      task.event(type("state_reported"), "CANCELLED", _ -> {})))
              .toList());
    }

    String balances() {
      return people.stream()
          .map(name -> name + ": " + wallet(name))
          .collect(Collectors.joining("\n"));
    }
  }

  private static ConsumerRecord<String, byte[]> record(Step step, TaskTeller task) {
    BigDecimal amount = Money.decimal(step.micros());
    String word = step.what().name().toLowerCase(Locale.ROOT);
    String value =
        switch (step.what()) {
          case CREATED -> task.event(type(word), "PENDING", event -> event.put("budget", amount));
          case ASSIGNED -> task.event(type(word), "EXECUTING", event -> event.put("price", amount));
          case DELIVERED -> task.event(type(word), "DELIVERED", _ -> {});
          case COMPLETED ->
              task.event(
                  type(word),
                  "COMPLETED",
                  event -> event.put("payee", task.agent()).put("price", amount));
          case CANCELLED -> task.event(type(word), "CANCELLED", event -> event.putNull("ruling"));
          case DISPUTED -> task.event(type(word), "DISPUTED", _ -> {});
          case REDELIVERY_STARTED -> task.event(type(word), "EXECUTING", _ -> {});
          case RULED ->
              task.event(
                  type("completed"),
                  "COMPLETED",
                  event ->
                      TaskTeller.ruling(
                          event.put("payee", task.agent()), "SPLIT", "" + step.person() % 101));
          case REPORTED ->
              task.event(
                  type("state_reported"),
                  step.times() % 2 == 0 ? "COMPLETED" : "FAILED",
                  event -> event.put("payee", task.agent()).put("price", amount));
          case AGAIN, DEPOSIT, TIP, WITHDRAW, DECIDE, CAP ->
              throw new IllegalArgumentException(word);
        };
    String type =
        switch (step.what()) {
          case RULED -> type("completed");
          case REPORTED -> type("state_reported");
          default -> type(word);
        };
    return record(task, type, value);
  }

  private static ConsumerRecord<String, byte[]> record(TaskTeller task, String type, String value) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.TASK, 0, 0, task.id(), value.getBytes(StandardCharsets.UTF_8));
    TestKafka.headers(UUID.randomUUID().toString(), type, task.id())
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private static String type(String word) {
    return "earnest.task." + word + ".v1";
  }

  /// Whether an error comes from a connection that was killed: in its chain of causes, or beside it,
  /// where the transaction manager hangs why a commit failed.
  private static boolean isKilled(@Nullable Throwable error) {
    return error != null
        && (KILLED.matcher(String.valueOf(error.getMessage())).find()
            || isKilled(error.getCause())
            || Stream.of(error.getSuppressed()).anyMatch(LedgerPropertyTest::isKilled));
  }

  /// Kills connections of the service in the middle of what they do, until it is closed.
  private static final class Killer implements AutoCloseable {
    private static final String KILL =
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'escrow-service'
          AND state <> 'idle' AND xact_start IS NOT NULL
        ORDER BY random() LIMIT 1
        """;

    private final Connection connection;
    private final AtomicInteger kills = new AtomicInteger();
    private final Thread thread;

    Killer() throws SQLException {
      connection = Owner.connectAsRunner();
      thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
      try (Statement statement = connection.createStatement()) {
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000, 200_000_000));
          try (ResultSet killed = statement.executeQuery(KILL)) {
            if (killed.next()) {
              kills.incrementAndGet();
            }
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws InterruptedException, SQLException {
      thread.interrupt();
      thread.join();
      connection.close();
    }
  }
}
