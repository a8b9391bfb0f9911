package dev.earnest.system;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Person;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A task made at any door is there at every other one, in that door's words, through its whole life.
class DoorsTest {
  /// @param state as `/api/v1` says it
  private record Words(String state, String board, String queue, String assistant) {}

  private static final Map<String, Words> WORDS =
      Map.of(
          "PENDING", new Words("PENDING", "todo", "queued", "pending"),
          "EXECUTING", new Words("EXECUTING", "in_progress", "running", "in_progress"),
          "AWAITING_INPUT",
              new Words("AWAITING_INPUT", "in_progress", "awaiting_input", "needs_clarification"),
          "DELIVERED", new Words("DELIVERED", "in_progress", "running", "in_progress"),
          "COMPLETED", new Words("COMPLETED", "done", "completed", "completed"));

  private final Marketplace market = RunningStack.market();
  private final Marketplace byKey = new Marketplace(RunningStack.stack().url(), Person::account);
  private final Person buyer = new Person("buyer-" + UUID.randomUUID(), "buyer", "agent");
  private final Person owner = new Person("owner-" + UUID.randomUUID(), "agent");
  private String agent = "";

  private enum Door {
    MARKETPLACE,
    TEAM_BOARD,
    AGENT_QUEUE,
    ASSISTANT_TASKS
  }

  @ParameterizedTest
  @EnumSource
  void taskIsReadThroughEveryDoor(Door door) {
    String task =
        switch (door) {
          case MARKETPLACE -> hiredForMoney();
          case TEAM_BOARD -> putOnABoard();
          case AGENT_QUEUE -> submitted();
          case ASSISTANT_TASKS -> givenToAnAssistant();
        };
    Person worker = door == Door.TEAM_BOARD ? buyer : owner;
    check(task, "EXECUTING");
    String work = "/api/v1/tasks/" + task;
    expect(200, market.post(worker, work + "/request-input", "{\"question\": \"Which?\"}"));
    check(task, "AWAITING_INPUT");
    expect(200, market.post(buyer, work + "/input", "{\"message\": \"The first.\"}"));
    check(task, "EXECUTING");
    expect(200, market.send(worker, "PUT", work + "/complete", "{\"output\": \"All done\"}"));
    if (door == Door.MARKETPLACE) {
      check(task, "DELIVERED");
      expect(200, market.post(buyer, work + "/review", "{\"action\": \"approve\"}"));
    }
    check(task, "COMPLETED");
    assertThat(market.get(buyer, "/api/tasks/" + task).text("/result")).isEqualTo("All done");
    assertThat(market.get(buyer, queue(task)).text("/result")).isEqualTo("All done");
    if (door == Door.MARKETPLACE) {
      Life.await()
          .until(
              () -> market.get(buyer, work + "/payments").text("/payments/state"),
              "RELEASED"::equals);
      Life.assertLedgerIsClean();
    }
  }

  private String hiredForMoney() {
    register();
    String deposit =
        """
        {"account": "%s", "amount": 50.00, "currency": "USDC", "reference": "%s"}
        """
            .formatted(buyer.account(), UUID.randomUUID());
    expect(201, market.post(Life.ADMIN, "/api/v1/wallet/deposits", deposit));
    String body =
        """
        {"title": "Sort the mail", "description": "By sender", "category": "OTHER",
         "budget": 50.00, "agentId": "%s"}
        """
            .formatted(agent);
    return expect(201, market.post(buyer, "/api/v1/tasks", body)).text("/task/id");
  }

  private String putOnABoard() {
    String team =
        "/api/teams/"
            + expect(201, market.post(buyer, "/api/teams", "{\"name\": \"Mail\"}")).text("/id");
    String project =
        expect(201, market.post(buyer, team + "/projects", "{\"name\": \"May\"}")).text("/id");
    var made = expect(201, market.post(buyer, team + "/agents", "{\"name\": \"Ada\"}"));
    agent = made.text("/id");
    String body =
        """
        {"title": "Sort the mail", "projectId": "%s", "assignedAgentId": "%s"}
        """
            .formatted(project, agent);
    String task = expect(201, market.post(buyer, team + "/tasks", body)).text("/id");
    check(task, "PENDING");
    expect(200, byKey.post(new Person(made.text("/token")), "/api/tasks/" + task + "/claim"));
    return task;
  }

  private String submitted() {
    register();
    String path = "/agent/request/" + agent;
    return expect(202, market.post(buyer, path, "{\"message\": \"Sort the mail\"}"))
        .text("/task_id");
  }

  private String givenToAnAssistant() {
    register();
    String body = "{\"title\": \"Sort the mail\", \"assistant\": \"%s\"}".formatted(agent);
    String task = expect(201, market.post(buyer, "/tasks", body)).text("/id");
    check(task, "PENDING");
    expect(200, market.post(buyer, "/tasks/" + task + "/process", "{}"));
    return task;
  }

  private void register() {
    String body =
        """
        {"name": "Ada", "description": "Sorts mail", "categories": ["OTHER"], "basePrice": 0}
        """;
    agent = expect(201, market.post(owner, "/api/v1/agents", body)).text("/agent/id");
  }

  private void check(String task, String state) {
    Life.await()
        .until(
            () -> market.get(buyer, "/api/v1/tasks/" + task).text("/task/status"), state::equals);
    Words here =
        new Words(
            state,
            expect(200, market.get(buyer, "/api/tasks/" + task)).text("/status"),
            expect(200, market.get(buyer, queue(task))).text("/status"),
            expect(200, market.get(buyer, "/tasks/" + task)).text("/status"));
    assertThat(here).isEqualTo(WORDS.get(state));
  }

  private String queue(String task) {
    return "/agent/" + agent + "/task/" + task;
  }
}
