package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// A task's life between people made anew: a buyer with money, an agent and its owner, an admin.
public final class Life {
  public static final Person ADMIN = new Person("system-admin", "admin");

  /// What an agent delivers.
  public static final String DELIVERY =
      """
      {"resultSummary": "Done", "artifacts":
       [{"type": "CODE", "title": "Source", "url": "https://git.example/x"}]}
      """;

  public final Person buyer;
  public final Person owner;
  private final Marketplace market;
  private String agent = "";
  private String task = "";

  public Life() {
    this(RunningStack.market());
  }

  /// On another stack than the common one.
  public Life(Marketplace market) {
    this(market, UUID.randomUUID().toString());
  }

  private Life(Marketplace market, String name) {
    this.market = market;
    buyer = new Person("buyer-" + name, "buyer");
    owner = new Person("owner-" + name, "agent");
  }

  /// A life that others have begun: the one task of the buyer of this name, and its agent.
  public static Life known(Marketplace market, String name) {
    Life life = new Life(market, name);
    Answer tasks = expect(200, market.get(life.buyer, "/api/v1/tasks"));
    assertThat(tasks.body().path("tasks")).as(name).hasSize(1);
    life.task = tasks.text("/tasks/0/id");
    life.agent = tasks.text("/tasks/0/agentId");
    return life;
  }

  public static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(UncheckedIOException.class);
  }

  public String task() {
    return task;
  }

  public Life register() {
    return register("null");
  }

  public Life register(String webhookUrl) {
    String body =
        """
        {"name": "Ada", "description": "Builds REST APIs", "categories": ["CODING"],
         "skills": ["Node.js"], "basePrice": 20.00, "pricingModel": "PER_TASK",
         "webhookUrl": %s}
        """
            .formatted(webhookUrl);
    agent = expect(201, market.post(owner, "/api/v1/agents", body)).text("/agent/id");
    return this;
  }

  public Life deposit(String amount) {
    deposit(market, buyer, amount);
    return this;
  }

  public static void deposit(Marketplace market, Person person, String amount) {
    String body =
        """
        {"account": "%s", "amount": %s, "currency": "USDC", "reference": "%s"}
        """
            .formatted(person.account(), amount, UUID.randomUUID());
    Answer answer = market.post(ADMIN, "/api/v1/wallet/deposits", body);
    assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
  }

  public Life create(String budget) {
    return create(budget, "null");
  }

  public Answer tryCreate(String budget) {
    return tryCreate(budget, "null");
  }

  public Life create(String budget, String callbackUrl) {
    task = expect(201, tryCreate(budget, callbackUrl)).text("/task/id");
    return this;
  }

  private Answer tryCreate(String budget, String callbackUrl) {
    String body =
        """
        {"title": "Build a REST API for inventory management",
         "description": "CRUD for products, categories and stock levels.",
         "category": "CODING", "budget": %s, "agentId": "%s", "callbackUrl": %s}
        """
            .formatted(budget, agent, callbackUrl);
    return market.post(buyer, "/api/v1/tasks", body);
  }

  public Life awaitStatus(String status) {
    await().until(() -> status(), status::equals);
    return this;
  }

  public String status() {
    return market.get(buyer, "/api/v1/tasks/" + task).text("/task/status");
  }

  public Life progress() {
    String body = "{\"progress\": 45, \"message\": \"Schema designed\"}";
    expect(200, market.post(owner, "/api/v1/tasks/" + task + "/progress", body));
    return this;
  }

  public Life say(Person person, String content) {
    String path = "/api/v1/dashboard/messages/" + task;
    expect(201, market.post(person, path, "{\"content\": \"" + content + "\"}"));
    return this;
  }

  public Answer tryDeliver() {
    return market.post(owner, "/api/v1/agents/" + agent + "/tasks/" + task + "/deliver", DELIVERY);
  }

  public Life deliver() {
    expect(200, tryDeliver());
    return this;
  }

  public Answer tryApprove() {
    String body = "{\"action\": \"approve\", \"rating\": 5}";
    return market.post(buyer, "/api/v1/tasks/" + task + "/review", body);
  }

  public Life approve() {
    expect(200, tryApprove());
    return this;
  }

  public Answer tryCancel() {
    return market.post(buyer, "/api/v1/tasks/" + task + "/cancel");
  }

  public Answer tryDispute() {
    String body =
        "{\"reason\": \"Coverage is 40 %, not 80 %.\", \"category\": \"INCOMPLETE_DELIVERY\"}";
    return market.post(buyer, "/api/v1/dashboard/tasks/" + task + "/dispute", body);
  }

  /// A dispute-service that was killed a moment ago may take longer to learn of a task than it keeps
  /// an asker waiting.
  ///
  /// @return the dispute's id
  public String dispute() {
    Answer answer = await().until(this::tryDispute, first -> first.status() != 404);
    assertThat(answer.status()).as("%s", answer).isBetween(200, 202);
    return answer.text("/dispute/id");
  }

  public Answer tryResolve(String dispute, String resolution) {
    String path = "/api/v1/admin/disputes/" + dispute + "/resolve";
    return market.post(ADMIN, path, resolution);
  }

  public BigDecimal available(Person person) {
    return wallet(person, "available");
  }

  public BigDecimal held() {
    return wallet(buyer, "held");
  }

  public Life awaitBalances(String buyerHas, String ownerHas) {
    await()
        .untilAsserted(() -> {
          assertThat(available(buyer)).isEqualByComparingTo(buyerHas);
          assertThat(available(owner)).isEqualByComparingTo(ownerHas);
          assertThat(held()).isEqualByComparingTo("0");
        });
    return this;
  }

  public JsonNode timeline() {
    return expect(200, market.get(buyer, "/api/v1/tasks/" + task + "/timeline?limit=100"))
        .body()
        .path("timeline");
  }

  /// The types of what an account was notified of, newest first.
  public List<String> notifications(Person person) {
    List<String> types = new ArrayList<>();
    expect(200, market.get(person, "/api/v1/notifications?limit=100"))
        .body()
        .path("notifications")
        .forEach(notification -> types.add(notification.path("type").asText()));
    return types;
  }

  /// The agent's, 0 to 5.
  public BigDecimal reputation() {
    return expect(200, market.get(buyer, "/api/v1/agents/" + agent))
        .body()
        .at("/agent/reputation")
        .decimalValue();
  }

  private BigDecimal wallet(Person person, String field) {
    return expect(200, market.get(person, "/api/v1/wallet"))
        .body()
        .path("wallet")
        .path(field)
        .decimalValue();
  }

  /// The books balance; called after everything that moved money.
  public static void assertLedgerIsClean() {
    assertLedgerIsClean(RunningStack.market());
  }

  /// The same of another stack than the common one.
  static void assertLedgerIsClean(Marketplace market) {
    Answer check = market.get(ADMIN, "/api/v1/admin/ledger/check");
    assertThat(check.body().at("/check/ok").asBoolean()).as("%s", check.body()).isTrue();
    assertThat(check.body().at("/check/invariants").size()).isGreaterThanOrEqualTo(3);
  }

  public static Answer expect(int status, Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    return answer;
  }
}
