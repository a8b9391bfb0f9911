package dev.earnest.local.demo;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Takes one task through its whole life on the running stack and says what happens: each state, the
/// balances, the signed webhooks, the ledger check. Everything goes over HTTP through the gateway,
/// as a buyer's and an agent's own programs would do it.
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final Marketplace market;
  private final Person buyer;
  private final Person owner;
  private final Person admin = new Person("demo-admin", "admin");

  private Demo(Marketplace market) {
    this.market = market;
    String run = UUID.randomUUID().toString().substring(0, 8);
    buyer = new Person("demo-buyer-" + run, "buyer");
    owner = new Person("demo-agent-" + run, "agent");
  }

  public static void main(String[] words) throws IOException {
    try {
      Stack stack =
          new Stack(
              Path.of(System.getProperty("earnest.root")),
              Path.of(System.getProperty("earnest.home")));
      String port = System.getProperty("earnest.port", "");
      UpOptions options = UpOptions.defaults();
      if (stack.up(
          port.isEmpty() ? options : options.port(Integer.parseInt(port)), System.out::println)) {
        say("The marketplace was not running; it is now (./earnest down stops it).");
      }
      new Demo(new Marketplace(stack.url(), person -> token(stack, person))).run();
    } catch (StackException e) {
      System.err.println("earnest: " + e.getMessage());
      System.exit(1);
    }
  }

  private static String token(Stack stack, Person person) {
    return stack.token(TokenRequest.of(person.account(), person.roles()));
  }

  private void run() throws IOException {
    step("People and money");
    String agent = registerAgent();
    deposit();
    balances();
    String secret =
        expect(200, market.get(buyer, "/api/v1/webhooks/signing-secret")).text("/secret");
    try (Receiver receiver = new Receiver(secret)) {
      String task = create(agent, receiver.url());
      work(task, agent);
      approve(task);
      webhooks(receiver);
    }
    step("The books");
    checkLedger();
    say("Done: the work is delivered, the agent is paid, the books balance.");
  }

  private String registerAgent() {
    Answer answer =
        market.post(
            owner,
            "/api/v1/agents",
            """
            {"name": "Ada", "description": "Builds and tests REST APIs", "categories": ["CODING"],
             "skills": ["Node.js", "TypeScript", "Express", "JWT"], "basePrice": 20.00,
             "pricingModel": "PER_TASK"}
            """);
    String agent = expect(201, answer).text("/agent/id");
    say("Agent Ada of " + owner.account() + " is registered: " + agent);
    return agent;
  }

  private void deposit() {
    Answer answer =
        market.post(
            admin,
            "/api/v1/wallet/deposits",
            """
            {"account": "%s", "amount": 100.00, "currency": "USDC", "reference": "%s"}
            """
                .formatted(buyer.account(), "demo-" + UUID.randomUUID()));
    expectAny(answer, 200, 201);
    say("An admin posted a deposit of 100.00 USDC for " + buyer.account());
  }

  private String create(String agent, String callbackUrl) {
    step("The task");
    Answer answer =
        market.post(
            buyer,
            "/api/v1/tasks",
            """
            {"title": "Build a REST API for inventory management",
             "description": "A Node.js REST API with CRUD for products, categories and stock.",
             "category": "CODING", "budget": 50.00, "currency": "USDC", "priority": "HIGH",
             "mode": "direct", "agentId": "%s",
             "requirements": "Unit tests with more than 80 %% coverage, in TypeScript.",
             "callbackUrl": "%s", "metadata": {"team": "backend"},
             "requiredSkills": ["Node.js", "TypeScript", "Express", "JWT"]}
            """
                .formatted(agent, callbackUrl));
    String task = expect(201, answer).text("/task/id");
    say("Task " + task + " for 50.00 USDC");
    state(task, "PENDING", "its money is not held yet", answer.text("/task/status"));
    awaitState(task, "EXECUTING", "the money is held, so the agent starts");
    balances();
    check("50.00 is held", wallet(buyer, "held").equals("50.00"));
    return task;
  }

  private void work(String task, String agent) {
    expect(
        200,
        market.post(
            owner,
            "/api/v1/tasks/" + task + "/progress",
            """
            {"progress": 45, "message": "Schema designed. Setting up routes and JWT …",
             "stage": "implementation"}
            """));
    say("Ada reports 45 %: implementation");
    Answer delivered =
        market.post(
            owner,
            "/api/v1/agents/" + agent + "/tasks/" + task + "/deliver",
            """
            {"resultSummary": "REST API with JWT auth, validation and 92 %% test coverage.",
             "artifacts": [
               {"type": "CODE", "title": "API Source Code", "url": "https://git.example/api"},
               {"type": "DOCUMENT", "title": "Documentation", "url": "https://docs.example/api"}]}
            """
                .replace("%%", "%"));
    expect(200, delivered);
    state(task, "DELIVERED", "the buyer has 48 hours to review", delivered.text("/task/status"));
  }

  private void approve(String task) {
    Answer approved =
        market.post(
            buyer,
            "/api/v1/tasks/" + task + "/review",
            """
            {"action": "approve", "rating": 5, "review": "Well structured and thoroughly tested."}
            """);
    expect(200, approved);
    state(task, "COMPLETED", "approved with five stars", approved.text("/task/status"));
    await("47.50 in the agent's wallet", () -> wallet(owner, "available").equals("47.50"));
    balances();
    Answer payments = expect(200, market.get(buyer, "/api/v1/tasks/" + task + "/payments"));
    say("The task's money: " + payments.body().path("payments"));
    check("the platform's fee is 2.50", payments.body().toString().contains("2.50"));
  }

  private void webhooks(Receiver receiver) {
    step("Webhooks");
    for (String type : new String[] {"task.executing", "task.delivered", "task.completed"}) {
      await("a webhook " + type, () -> receiver.hasVerified(type));
      say("received " + type + ", signature verified");
    }
  }

  private void checkLedger() {
    Answer ledger = expect(200, market.get(admin, "/api/v1/admin/ledger/check"));
    ledger
        .body()
        .at("/check/invariants")
        .forEach(one ->
            say((one.path("ok").asBoolean() ? "ok    " : "BROKEN ") + one.path("name").asText()));
    check("the ledger check is clean", ledger.body().at("/check/ok").asBoolean());
  }

  private void balances() {
    say(
        "Balances: buyer %s available, %s held; agent %s available"
            .formatted(
                wallet(buyer, "available"), wallet(buyer, "held"), wallet(owner, "available")));
  }

  private String wallet(Person person, String field) {
    return expect(200, market.get(person, "/api/v1/wallet"))
        .body()
        .path("wallet")
        .path(field)
        .decimalValue()
        .toPlainString();
  }

  private void awaitState(String task, String state, String why) {
    Supplier<String> now =
        () -> expect(200, market.get(buyer, "/api/v1/tasks/" + task)).text("/task/status");
    await(state, () -> now.get().equals(state));
    state(task, state, why, state);
  }

  private static void state(String task, String expected, String why, String actual) {
    check("task " + task + " is " + expected, expected.equals(actual));
    say("→ " + actual + " (" + why + ")");
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new StackException("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted");
    }
  }

  private static Answer expect(int status, Answer answer) {
    return expectAny(answer, status);
  }

  private static Answer expectAny(Answer answer, int... statuses) {
    for (int status : statuses) {
      if (answer.status() == status) {
        return answer;
      }
    }
    throw new StackException("unexpected answer " + answer.status() + ": " + answer.body());
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new StackException("it does not hold that " + what);
    }
  }

  private static void step(String title) {
    System.out.println();
    System.out.println(title);
  }

  private static void say(String line) {
    System.out.println("  " + line);
  }
}
