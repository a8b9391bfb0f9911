package dev.earnest.system.access;

import static dev.earnest.system.Life.expect;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.system.Life;
import dev.earnest.system.RunningStack;
import dev.earnest.system.Trial;
import dev.earnest.testkit.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Builds what a row of the access table needs, through the public endpoints alone.
public final class Scenes implements AutoCloseable {
  final People people = new People();
  private final Marketplace market = RunningStack.market();
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final Map<Scene, Stage> standing = new EnumMap<>(Scene.class);
  private final Map<String, String> place = new HashMap<>();
  private final List<String> disputes = new ArrayList<>();

  /// @param names what stands in braces in the table's paths and bodies
  /// @param tokens of each caller
  public record Stage(Map<String, String> names, Map<Caller, String> tokens) {
    public Stage {
      names = Map.copyOf(names);
      tokens = Map.copyOf(tokens);
    }

    public String fill(String text) {
      String filled = text;
      for (var name : names.entrySet()) {
        filled = filled.replace("{" + name.getKey() + "}", name.getValue());
      }
      return filled;
    }
  }

  /// The scene as it is, or made anew.
  public Stage get(Scene scene) {
    Stage stage = standing.get(scene);
    if (stage == null) {
      stage = build(scene);
      standing.put(scene, stage);
    }
    return stage;
  }

  /// Somebody has changed it.
  public void strike(Scene scene) {
    standing.remove(scene);
  }

  /// A key, for something else, of the first caller who may do what the row says.
  String wrongScope(AccessTable.Row row) {
    String scope = row.path().startsWith("/api/v1/webhooks") ? "wallet:read" : "webhooks:write";
    Caller allowed =
        Stream.of(Caller.BUYER, Caller.AGENT, Caller.MEMBER, Caller.ADMIN)
            .filter(caller -> row.expected().getOrDefault(caller, 0) / 100 == 2)
            .findFirst()
            .orElse(Caller.JUROR);
    Person person =
        switch (allowed) {
          case BUYER -> people.buyer;
          case AGENT -> people.owner;
          case MEMBER -> people.member;
          case ADMIN -> Life.ADMIN;
          default -> people.juror;
        };
    return people.keyFor(person, scope);
  }

  @Override
  public void close() {
    receiver.close();
  }

  private Stage build(Scene scene) {
    if (place.isEmpty()) {
      openMarket();
    }
    // whoever has failed three times in a row, be it by rulings, is hired again after a sign of
    // life
    post(people.owner, "/api/v1/agents/" + place.get("agent") + "/heartbeat", "{}", 200);
    Map<String, String> names = new HashMap<>(place);
    Map<Caller, String> tokens = people.tokens();
    names.put("new", UUID.randomUUID().toString());
    switch (scene) {
      case MARKET -> {}
      case WORKING -> hire(names);
      case DELIVERED -> deliver(hire(names));
      case AWAITING_INPUT -> ask(hire(names));
      case ON_HOLD -> say(people.buyer, hire(names), "/hold", "{}", 200);
      case COMPLETED ->
          say(people.buyer, deliver(hire(names)), "/review", "{\"action\": \"approve\"}", 200);
      case CANCELLED -> say(people.buyer, hire(names), "/cancel", "{}", 200);
      case ARTIFACT -> artifact(hire(names));
      case OPEN -> create(names, "\"mode\": \"open\"", "PENDING");
      case CLAIMED -> claim(create(names, "\"mode\": \"open\"", "PENDING"));
      case PROPOSALS -> propose(create(names, asksForProposals(), "PENDING"));
      case NEGOTIATION -> dispute(names);
      case OFFER -> offer(dispute(names));
      case JURY -> jury(names);
      case QUEUE -> queue(names);
      case QUEUE_ASKING -> ask(queue(names));
      case ASSISTANT -> assistant(names);
      case ASSISTANT_WORKING -> process(assistant(names));
      case BOARD -> tokens.put(Caller.AGENT, board(names));
      case BOARD_CLAIMED -> tokens.put(Caller.AGENT, claimOnBoard(names));
      case KEY -> key(names);
      case WEBHOOK -> webhook(names);
      case WITHDRAWAL -> withdrawal(names);
      case DEAD_LETTER -> deadLetter(names);
    }
    if (names.containsKey("task")) {
      // of a task that is only seconds old the other services say that there is none after two
      // seconds only
      RunningStack.stack().clock("+11s");
    }
    return new Stage(names, tokens);
  }

  private void openMarket() {
    place.put("buyer", people.buyer.account());
    place.put("url", receiver.url("/access"));
    place.put("agent", agent(people.owner));
    place.put("otherAgent", agent(people.otherOwner));
    Trial.callJurors();
    Life.deposit(market, people.buyer, "100000");
    Life.deposit(market, people.owner, "1000");
    String team = make(people.buyer, "/api/teams", "{\"name\": \"Mail\"}", "/id");
    place.put("team", team);
    post(
        people.buyer,
        "/api/teams/" + team + "/members",
        "{\"account\": \"" + people.member.account() + "\"}",
        201);
    place.put(
        "project",
        make(people.buyer, "/api/teams/" + team + "/projects", "{\"name\": \"May\"}", "/id"));
  }

  private String agent(Person owner) {
    String body =
        """
        {"name": "Ada", "description": "Sorts mail", "categories": ["OTHER"], "basePrice": 1.00,
         "pricingModel": "PER_TASK", "maxConcurrent": 10000}
        """;
    return make(owner, "/api/v1/agents", body, "/agent/id");
  }

  private Map<String, String> hire(Map<String, String> names) {
    return create(names, "\"agentId\": \"" + names.get("agent") + "\"", "EXECUTING");
  }

  private Map<String, String> create(Map<String, String> names, String how, String status) {
    String body =
        """
        {"title": "Sort the mail", "description": "By sender", "category": "OTHER",
         "budget": 10.00, %s}
        """
            .formatted(how);
    names.put("task", make(people.buyer, "/api/v1/tasks", body, "/task/id"));
    String task = "/api/v1/tasks/" + names.get("task");
    Life.await()
        .until(() ->
            market.get(people.buyer, task).text("/task/status").equals(status)
                && market
                    .get(people.buyer, task + "/payments")
                    .text("/payments/state")
                    .equals("HELD"));
    return names;
  }

  private Map<String, String> deliver(Map<String, String> names) {
    post(
        people.owner,
        "/api/v1/agents/" + names.get("agent") + "/tasks/" + names.get("task") + "/deliver",
        Life.DELIVERY,
        200);
    return names;
  }

  private void ask(Map<String, String> names) {
    say(people.owner, names, "/request-input", "{\"question\": \"Which?\"}", 200);
  }

  private void artifact(Map<String, String> names) {
    String body =
        """
        {"artifacts": [{"artifact_type": "text", "name": "notes.txt", "content": "Done."}]}
        """;
    say(people.owner, names, "/artifacts", body, 201);
    var list = market.get(people.buyer, "/api/v1/tasks/" + names.get("task") + "/artifacts");
    names.put("artifact", expect(200, list).text("/artifacts/0/id"));
  }

  private void claim(Map<String, String> names) {
    say(people.owner, names, "/claim", "{\"agentId\": \"" + names.get("agent") + "\"}", 200);
  }

  private static String asksForProposals() {
    return "\"mode\": \"proposals\", \"proposalDeadline\": \"%s\""
        .formatted(People.now().plus(Duration.ofDays(20)));
  }

  private void propose(Map<String, String> names) {
    String body =
        """
        {"agentId": "%s", "approach": "By hand", "price": 5.00, "estimatedHours": 2}
        """
            .formatted(names.get("agent"));
    String path = "/api/v1/tasks/" + names.get("task") + "/proposals";
    names.put("proposal", make(people.owner, path, body, "/proposal/id"));
  }

  /// An account has only so many open disputes, so those of former scenes are ruled.
  private Map<String, String> dispute(Map<String, String> names) {
    for (String former : disputes) {
      String rule = "/api/v1/admin/disputes/" + former + "/resolve";
      market.post(Life.ADMIN, rule, "{\"resolution\": \"SPLIT\"}");
    }
    standing.keySet().removeAll(List.of(Scene.NEGOTIATION, Scene.OFFER, Scene.JURY));
    disputes.clear();
    deliver(hire(names));
    String path = "/api/v1/tasks/" + names.get("task") + "/dispute";
    String body = "{\"reason\": \"Half of it is missing.\", \"category\": \"OTHER\"}";
    Life.await().until(() -> market.post(people.buyer, path, body).status() == 201);
    awaitDispute(names, "NEGOTIATION");
    String dispute = market.get(people.buyer, path).text("/dispute/id");
    names.put("dispute", dispute);
    disputes.add(dispute);
    return names;
  }

  private void offer(Map<String, String> names) {
    String path = "/api/v1/disputes/" + names.get("dispute") + "/offers";
    names.put("offer", make(people.owner, path, "{\"refundPercentage\": 50}", "/offer/id"));
  }

  private void jury(Map<String, String> names) {
    dispute(names);
    RunningStack.stack().clock("+24h");
    standing.clear();
    awaitDispute(names, "JURY");
  }

  private void awaitDispute(Map<String, String> names, String status) {
    Life.await().until(() -> disputeStatus(names), status::equals);
  }

  private String disputeStatus(Map<String, String> names) {
    String path = "/api/v1/tasks/" + names.get("task") + "/dispute";
    return market.get(people.buyer, path).text("/dispute/status");
  }

  private Map<String, String> queue(Map<String, String> names) {
    String path = "/agent/request/" + names.get("agent");
    names.put("task", make(people.buyer, path, "{\"message\": \"Sort the mail\"}", "/task_id"));
    return names;
  }

  private Map<String, String> assistant(Map<String, String> names) {
    String body =
        "{\"title\": \"Sort the mail\", \"assistant\": \"%s\"}".formatted(names.get("agent"));
    names.put("task", make(people.buyer, "/tasks", body, "/id"));
    return names;
  }

  private void process(Map<String, String> names) {
    post(people.buyer, "/tasks/" + names.get("task") + "/process", "{}", 200);
  }

  /// @return the token of the team's agent
  private String board(Map<String, String> names) {
    String team = "/api/teams/" + names.get("team");
    names.put("guest", UUID.randomUUID().toString());
    post(people.buyer, team + "/members", "{\"account\": \"" + names.get("guest") + "\"}", 201);
    var agent = expect(201, market.post(people.buyer, team + "/agents", "{\"name\": \"Bea\"}"));
    names.put("teamAgent", agent.text("/id"));
    String body =
        "{\"title\": \"Sort the mail\", \"projectId\": \"%s\"}".formatted(names.get("project"));
    names.put("task", make(people.buyer, team + "/tasks", body, "/id"));
    return agent.text("/token");
  }

  private String claimOnBoard(Map<String, String> names) {
    String token = board(names);
    String path = "/api/tasks/" + names.get("task") + "/claim";
    Life.await().until(() -> people.byToken.post(new Person(token), path).status() == 200);
    return token;
  }

  private void key(Map<String, String> names) {
    String body = "{\"name\": \"k\", \"roles\": [\"buyer\"], \"scopes\": [\"tasks:read\"]}";
    names.put("key", make(people.buyer, "/api/v1/api-keys", body, "/apiKey/id"));
  }

  private void webhook(Map<String, String> names) {
    String body = "{\"url\": \"%s\", \"events\": [\"task.completed\"]}".formatted(names.get("url"));
    names.put("webhook", make(people.buyer, "/api/v1/webhooks", body, "/webhook/id"));
    post(people.buyer, "/api/v1/webhooks/" + names.get("webhook") + "/test", "{}", 202);
    String deliveries = "/api/v1/webhooks/deliveries";
    names.put(
        "delivery",
        Life.await()
            .until(
                () -> market.get(people.buyer, deliveries).text("/deliveries/0/id"),
                id -> !id.isEmpty()));
  }

  private void withdrawal(Map<String, String> names) {
    String body = "{\"amount\": 1.00, \"currency\": \"USDC\", \"destination\": \"IBAN 1\"}";
    names.put(
        "withdrawal", make(people.owner, "/api/v1/wallet/withdrawals", body, "/withdrawal/id"));
  }

  private void deadLetter(Map<String, String> names) {
    String key = UUID.randomUUID().toString();
    RunningStack.publish("escrow.events", key, Map.of(), "no event");
    String letters = "/api/v1/admin/dead-letters?service=task-service&topic=escrow.events";
    names.put(
        "letter",
        Life.await()
            .until(
                () -> {
                  var letter = market.get(Life.ADMIN, letters).body().at("/deadLetters/0");
                  return letter.path("key").asText().equals(key) ? letter.path("id").asText() : "";
                },
                id -> !id.isEmpty()));
  }

  private void say(
      Person person, Map<String, String> names, String command, String body, int status) {
    post(person, "/api/v1/tasks/" + names.get("task") + command, body, status);
  }

  private void post(Person person, String path, String body, int status) {
    expect(status, market.post(person, path, body));
  }

  private String make(Person person, String path, String body, String id) {
    var answer = market.post(person, path, body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer.text(id);
  }
}
