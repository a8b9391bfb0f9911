package dev.earnest.bench;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.process.StackException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tasks that are being worked on, whose agents report progress again and again: so many changes a
/// second, over HTTP, and as many of a bare relay beside them.
final class Changes {
  static final int PER_SECOND = 100;
  private static final int CALLERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Marketplace market;
  private final Consumer<Made> made;
  private final List<Working> working = new ArrayList<>();
  private final AtomicInteger progress = new AtomicInteger();

  /// A task, its buyer, its agent's owner and the agent.
  record Working(String task, Marketplace.Person buyer, Marketplace.Person owner, String agent) {}

  /// A change: its number, which its message ends with, and when it was made, just before the commit.
  record Made(int number, Instant at) {}

  /// @param buyers each with an agent of its own and some tasks
  Changes(Marketplace market, int buyers, int tasksOfEach) {
    this(market, buyers, tasksOfEach, _ -> {});
  }

  /// @param made is told of every change, a moment later
  Changes(Marketplace market, int buyers, int tasksOfEach, Consumer<Made> made) {
    this.market = market;
    this.made = made;
    for (int i = 0; i < buyers; i++) {
      String name = UUID.randomUUID().toString().substring(0, 8);
      Marketplace.Person buyer = new Marketplace.Person("bench-buyer-" + name, "buyer");
      Marketplace.Person owner = new Marketplace.Person("bench-agent-" + name, "agent");
      deposit(buyer);
      String agent = register(owner);
      for (int j = 0; j < tasksOfEach; j++) {
        working.add(new Working(create(buyer, agent), buyer, owner, agent));
      }
    }
    working.forEach(this::awaitExecuting);
  }

  List<Working> working() {
    return working;
  }

  List<Marketplace.Person> buyers() {
    return working.stream().map(Working::buyer).distinct().toList();
  }

  /// Makes changes for so long, evenly.
  void make(Duration duration, BareRelay relay) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      long start = System.nanoTime();
      long changes = duration.toSeconds() * PER_SECOND;
      for (long i = 0; i < changes && failure.get() == null; i++) {
        long due = start + i * (1_000_000_000L / PER_SECOND);
        while (System.nanoTime() - due < 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        callers.submit(() -> attempt(() -> change(progress.getAndIncrement()), failure));
        callers.submit(() -> attempt(relay::change, failure));
      }
    }
    @Nullable Exception failed = failure.get();
    if (failed != null) {
      throw new StackException("a change failed: " + failed.getMessage(), failed);
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws SQLException;
  }

  private static void attempt(Attempt attempt, AtomicReference<@Nullable Exception> failure) {
    try {
      attempt.run();
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void change(int i) {
    Working one = working.get(i % working.size());
    String body =
        "{\"progress\": %d, \"message\": \"step %d\", \"stage\": \"implementation\"}"
            .formatted(i / working.size() % 100, i);
    String path = "/api/v1/tasks/" + one.task() + "/progress";
    Marketplace.Answer answer = Client.expect(200, market.post(one.owner(), path, body));
    made.accept(new Made(i, Instant.parse(answer.text("/task/updatedAt"))));
  }

  private void deposit(Marketplace.Person buyer) {
    String body =
        """
        {"account": "%s", "amount": 1000.00, "currency": "USDC", "reference": "bench-%s"}
        """
            .formatted(buyer.account(), UUID.randomUUID());
    Client.expect(201, market.post(Ground.ADMIN, "/api/v1/wallet/deposits", body));
  }

  private String register(Marketplace.Person owner) {
    String body =
        """
        {"name": "Ada", "description": "Builds APIs", "categories": ["CODING"], "basePrice": 5.00,
         "maxConcurrent": 100}
        """;
    return Client.expect(201, market.post(owner, "/api/v1/agents", body)).text("/agent/id");
  }

  private String create(Marketplace.Person buyer, String agent) {
    String body =
        """
        {"title": "A REST API", "description": "CRUD for products", "category": "CODING",
         "budget": 5.00, "agentId": "%s"}
        """
            .formatted(agent);
    return Client.expect(201, market.post(buyer, "/api/v1/tasks", body)).text("/task/id");
  }

  private void awaitExecuting(Working one) {
    Client.await(
        "EXECUTING",
        () -> market.get(one.buyer(), "/api/v1/tasks/" + one.task()),
        "/task/status",
        PATIENCE);
  }
}
