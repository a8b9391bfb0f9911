package dev.earnest.bench;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.process.StackException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/// A buyer and the agent that they hire again and again, over HTTP through the gateway.
final class Client implements Person {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// How often a wait looks; the times of the waits are no finer than this.
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Marketplace market;
  private final Marketplace.Person buyer;
  private final Marketplace.Person owner;
  private final String agent;

  Client(Marketplace market, Marketplace.Person admin) {
    this.market = market;
    String name = UUID.randomUUID().toString().substring(0, 8);
    buyer = new Marketplace.Person("bench-buyer-" + name, "buyer");
    owner = new Marketplace.Person("bench-agent-" + name, "agent");
    agent = register();
    deposit(admin);
  }

  private String register() {
    String body =
        """
        {"name": "Ada", "description": "Builds APIs", "categories": ["CODING"], "basePrice": 20.00}
        """;
    return expect(201, market.post(owner, "/api/v1/agents", body)).text("/agent/id");
  }

  private void deposit(Marketplace.Person admin) {
    String body =
        """
        {"account": "%s", "amount": 10000000.00, "currency": "USDC", "reference": "bench-%s"}
        """
            .formatted(buyer.account(), UUID.randomUUID());
    expect(201, market.post(admin, "/api/v1/wallet/deposits", body));
  }

  @Override
  public void live(Stopwatch watch) {
    String task = "/api/v1/tasks/" + create();
    watch.lap("create");
    await("EXECUTING", () -> market.get(buyer, task), "/task/status");
    watch.lap("held, executing");
    post(
        owner,
        task + "/progress",
        "{\"progress\": 45, \"message\": \"half\", \"stage\": \"implementation\"}");
    watch.lap("progress");
    Answer delivered =
        post(
            owner,
            "/api/v1/agents/" + agent + task.substring("/api/v1".length()) + "/deliver",
            DELIVERY);
    must("DELIVERED", delivered, "/task/status");
    watch.lap("deliver");
    Answer approved =
        post(
            buyer,
            task + "/review",
            "{\"action\": \"approve\", \"rating\": 5, \"review\": \"good\"}");
    must("COMPLETED", approved, "/task/status");
    watch.lap("approve");
    await("RELEASED", () -> market.get(buyer, task + "/payments"), "/payments/state");
    watch.lap("paid");
  }

  private static final String DELIVERY =
      """
      {"resultSummary": "done",
       "artifacts": [{"type": "CODE", "title": "Source", "url": "https://git.example/api"}]}
      """;

  private String create() {
    String body =
        """
        {"title": "A REST API", "description": "CRUD for products", "category": "CODING",
         "budget": 50.00, "agentId": "%s"}
        """
            .formatted(agent);
    return expect(201, market.post(buyer, "/api/v1/tasks", body)).text("/task/id");
  }

  private Answer post(Marketplace.Person person, String path, String body) {
    return expect(200, market.post(person, path, body));
  }

  private static void await(String wanted, Supplier<Answer> ask, String pointer) {
    await(wanted, ask, pointer, PATIENCE);
  }

  static void await(String wanted, Supplier<Answer> ask, String pointer, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!expect(200, ask.get()).text(pointer).equals(wanted)) {
      if (System.nanoTime() - end > 0) {
        throw new StackException("waited in vain for " + wanted);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted", e);
      }
    }
  }

  private static void must(String wanted, Answer answer, String pointer) {
    if (!answer.text(pointer).equals(wanted)) {
      throw new StackException("not " + wanted + " but " + answer.body());
    }
  }

  static Answer expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new StackException("unexpected answer " + answer.status() + ": " + answer.body());
    }
    return answer;
  }
}
