package dev.earnest.system.access;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.system.Life;
import dev.earnest.system.OwnStack;
import dev.earnest.system.RunningStack;
import dev.earnest.testkit.WebhookReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a whole life of a task uses in secrets, and what people write to each other, is in no log and no
/// metric: also not when requests are refused and receivers fail.
class SecretsInLogsTest {
  private final Marketplace market = RunningStack.market();
  private final Marketplace byToken = new Marketplace(RunningStack.stack().url(), Person::account);
  private final Life life = new Life();
  private final Map<String, String> secrets = new LinkedHashMap<>();

  @Test
  void noSecretIsInALogOrAMetric() throws Exception {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      liveAndDispute(receiver);
      subscribe(receiver);
      stream();
      useKeys();
      beRefused();
      Life.await().until(() -> !receiver.received().isEmpty());
    }
    assertThat(secrets).hasSizeGreaterThan(10).doesNotContainValue("");
    for (String service : OwnStack.SERVICES) {
      assertClean(service + "'s metrics", RunningStack.fetch(service, "/q/metrics"));
    }
    List<Path> logs =
        RunningStack.stack().status().stream()
            .map(part -> RunningStack.stack().log(part.name()))
            .toList();
    assertThat(logs).hasSizeGreaterThanOrEqualTo(7);
    for (Path log : logs) {
      assertClean(log.getFileName().toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
    }
  }

  private void liveAndDispute(WebhookReceiver receiver) {
    secret("agent's webhook secret", whsec());
    String body =
        """
        {"name": "Ada", "description": "Sorts mail", "categories": ["CODING"], "basePrice": 1.00,
         "pricingModel": "PER_TASK", "webhookUrl": "%s", "webhookSecret": "%s"}
        """
            .formatted(receiver.url("/agent"), secrets.get("agent's webhook secret"));
    expect(201, market.post(life.owner, "/api/v1/agents", body));
    life.register("\"" + receiver.url("/fails/" + secret("path of a webhook", mark())) + "\"");
    life.deposit("50.00").create("50.00", "\"" + receiver.url("/buyer") + "\"");
    life.awaitStatus("EXECUTING").say(life.buyer, secret("message", mark()));
    life.deliver();
    String dispute = life.dispute();
    life.awaitStatus("DISPUTED");
    String offers = "/api/v1/disputes/" + dispute + "/offers";
    Life.await()
        .until(() -> market.post(life.owner, offers, "{\"refundPercentage\": 50}").status() == 201);
    String evidence = "/api/v1/dashboard/tasks/" + life.task() + "/dispute/evidence";
    String said = "{\"description\": \"" + secret("evidence", mark()) + "\"}";
    expect(201, market.post(life.buyer, evidence, said));
    expect(200, life.tryResolve(dispute, "{\"resolution\": \"SPLIT\"}"));
    life.awaitBalances("25.00", "23.75");
    Life.assertLedgerIsClean();
  }

  private void subscribe(WebhookReceiver receiver) {
    String body =
        "{\"url\": \"%s\", \"events\": [\"task.completed\"]}".formatted(receiver.url("/"));
    Answer made = expect(201, market.post(life.buyer, "/api/v1/webhooks", body));
    secret("webhook secret", made.text("/secret"));
    String webhook = "/api/v1/webhooks/" + made.text("/webhook/id");
    Answer rotated = expect(200, market.post(life.buyer, webhook + "/rotate-secret", "{}"));
    secret("rotated secret", rotated.text("/secret"));
    Answer signing = expect(200, market.get(life.buyer, "/api/v1/webhooks/signing-secret"));
    secret("signing secret", signing.text("/secret"));
  }

  private void stream() throws Exception {
    String path = "/api/v1/tasks/" + life.task() + "/stream";
    Answer made = market.post(life.buyer, "/api/v1/stream-tickets", "{\"path\": \"" + path + "\"}");
    assertThat(made.status()).isBetween(200, 201);
    String ticket = secret("ticket", made.text("/ticket"));
    String token = secret("buyer's token", People.token(life.buyer));
    for (String in : List.of(ticket, token, secret("wrong ticket", mark()))) {
      fetch("/api/v1/tasks/" + life.task() + "/stream?token=" + in, "");
      fetch("/api/v1/tasks/" + life.task() + "/nowhere?token=" + in, "");
    }
  }

  private void useKeys() {
    String body = "{\"name\": \"k\", \"roles\": [\"buyer\"]}";
    Answer made = expect(201, market.post(life.buyer, "/api/v1/api-keys", body));
    Person key = new Person(secret("API key", made.text("/key")));
    Life.await().until(() -> byToken.get(key, "/api/v1/wallet").status() == 200);
    expect(
        204,
        market.send(life.buyer, "DELETE", "/api/v1/api-keys/" + made.text("/apiKey/id"), null));
    Life.await().until(() -> byToken.get(key, "/api/v1/wallet").status() == 401);
    String team =
        expect(201, market.post(life.buyer, "/api/teams", "{\"name\": \"T\"}")).text("/id");
    Answer agent =
        expect(201, market.post(life.buyer, "/api/teams/" + team + "/agents", "{\"name\": \"A\"}"));
    Person teamAgent = new Person(secret("team agent's token", agent.text("/token")));
    Life.await()
        .until(() -> byToken.get(teamAgent, "/api/teams/" + team + "/tasks").status() == 200);
    String token = secret("owner's token", People.token(life.owner));
    expect(200, byToken.get(new Person(token), "/api/v1/wallet"));
  }

  /// The same in requests that nobody can make sense of.
  private void beRefused() throws Exception {
    String broken = "{\"content\": \"" + secret("broken body", mark()) + "\", ";
    String path = "/api/v1/tasks/" + life.task() + "/messages";
    expect(400, market.post(life.buyer, path, broken));
    expect(401, byToken.get(new Person("ek_" + secret("unknown key", mark())), "/api/v1/wallet"));
    expect(401, byToken.get(new Person("ey." + secret("broken token", mark())), "/api/v1/wallet"));
    fetch("/api/v1/wallet", "Basic " + secret("password", mark()));
    String inside = "http://u:" + secret("password in an address", mark()) + "@10.0.0.1/";
    String body = "{\"url\": \"%s\", \"events\": [\"task.completed\"]}".formatted(inside);
    expect(422, market.post(life.buyer, "/api/v1/webhooks", body));
  }

  private void assertClean(String where, String text) {
    assertThat(text).as("%s has something to look at", where).isNotBlank();
    secrets.forEach(
        (name, secret) -> assertThat(text.contains(secret)).as("%s in %s", name, where).isFalse());
  }

  private String secret(String name, String secret) {
    secrets.put(name, secret);
    return secret;
  }

  private static String mark() {
    return "mark-" + UUID.randomUUID();
  }

  private static String whsec() {
    byte[] bytes =
        (UUID.randomUUID().toString() + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    return "whsec_" + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 32));
  }

  private static void fetch(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(RunningStack.stack().url() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
        .body()
        .close();
  }
}
