package dev.earnest.system.faults;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import dev.earnest.system.EventReader;
import dev.earnest.system.Life;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// One task's life, with a stream open on it all the while: what its people do, and so what has to be
/// found of it afterwards.
final class Course implements AutoCloseable {
  /// With several parts gone one after the other, a step takes a while.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Marketplace market;
  private final Pair pair;
  private final Random random;
  private final Books books;
  private final Ending ending;
  private final BigDecimal price;
  private final String task;
  private final EventReader stream;
  private final List<String> said = new ArrayList<>();
  private int reports;
  private int tips;

  /// Who works together in many courses.
  record Pair(Person buyer, Person owner, String agent, String callbackUrl) {}

  /// Posts the task.
  Course(Marketplace market, Pair pair, Random random, Books books) {
    this.market = market;
    this.pair = pair;
    this.random = random;
    this.books = books;
    ending = Ending.values()[random.nextInt(Ending.values().length)];
    // an even number, so that half of it and the fee are whole cents
    price = BigDecimal.valueOf(2L * (1 + random.nextInt(20)));
    deposit(price);
    String body =
        """
        {"title": "Build a REST API", "description": "CRUD for products and stock.",
         "category": "CODING", "budget": %s, "agentId": "%s", "callbackUrl": "%s"}
        """
            .formatted(price, pair.agent(), pair.callbackUrl());
    task = expect(201, market.post(pair.buyer(), "/api/v1/tasks", body)).text("/task/id");
    stream = new EventReader(market, pair.buyer(), path("/stream"));
  }

  /// Everything up to the task's end; but of a silent one, which ends by itself.
  void run() {
    talk(pair.buyer());
    awaitStatus("EXECUTING");
    reports = random.nextInt(3);
    for (int i = 1; i <= reports; i++) {
      post(200, pair.owner(), path("/progress"), "{\"progress\": %d}".formatted(30 * i));
    }
    if (ending == Ending.CANCELLED) {
      post(200, pair.buyer(), path("/cancel"), "{}");
    } else {
      deliver();
      afterDelivery();
    }
    books.paid(pair.buyer().account(), pair.owner().account(), price.multiply(ending.share));
    if (ending != Ending.SILENT) {
      awaitStatus(ending.status);
    }
    talk(pair.owner());
  }

  Ending ending() {
    return ending;
  }

  String task() {
    return task;
  }

  Pair pair() {
    return pair;
  }

  EventReader stream() {
    return stream;
  }

  List<String> said() {
    return said;
  }

  int reports() {
    return reports;
  }

  int tips() {
    return tips;
  }

  String path(String more) {
    return "/api/v1/tasks/" + task + more;
  }

  String status() {
    return expect(200, market.get(pair.buyer(), path(""))).text("/task/status");
  }

  @Override
  public String toString() {
    return "task " + task + " (" + ending + ")";
  }

  @Override
  public void close() {
    stream.close();
  }

  private void afterDelivery() {
    switch (ending) {
      case APPROVED -> {
        review("{\"action\": \"approve\", \"rating\": 5}");
        tip();
      }
      case REVISED -> {
        review("{\"action\": \"request_revision\", \"review\": \"More tests, please.\"}");
        awaitStatus("EXECUTING");
        deliver();
        review("{\"action\": \"approve\", \"rating\": 4}");
      }
      case SETTLED -> settle(dispute());
      case REFUNDED -> rule(dispute(), "\"REFUND_BUYER\"");
      case SPLIT -> rule(dispute(), "\"SPLIT\", \"refundPercentage\": 50");
      case CANCELLED, SILENT -> {
        // nothing more
      }
    }
  }

  private void deliver() {
    String path = "/api/v1/agents/" + pair.agent() + "/tasks/" + task + "/deliver";
    post(200, pair.owner(), path, Life.DELIVERY);
  }

  private void review(String body) {
    post(200, pair.buyer(), path("/review"), body);
  }

  /// @return the dispute's path
  private String dispute() {
    String path = "/api/v1/dashboard/tasks/" + task + "/dispute";
    String body = "{\"reason\": \"Half of it.\", \"category\": \"INCOMPLETE_DELIVERY\"}";
    Answer opened = await(() -> market.post(pair.buyer(), path, body), 200, 201, 202);
    String dispute = "/api/v1/disputes/" + opened.text("/dispute/id");
    await(() -> market.get(pair.buyer(), dispute).text("/dispute/status").equals("NEGOTIATION"));
    awaitStatus("DISPUTED");
    return dispute;
  }

  private void settle(String dispute) {
    String offers = dispute + "/offers";
    String offer = post(201, pair.owner(), offers, "{\"refundPercentage\": 50}").text("/offer/id");
    post(200, pair.buyer(), offers + "/" + offer + "/accept", "{}");
  }

  private void rule(String dispute, String resolution) {
    String path = dispute.replace("/disputes/", "/admin/disputes/") + "/resolve";
    post(200, Life.ADMIN, path, "{\"notes\": \"as seen\", \"resolution\": " + resolution + "}");
  }

  private void deposit(BigDecimal amount) {
    String account = pair.buyer().account();
    String body =
        """
        {"account": "%s", "amount": %s, "currency": "USDC", "reference": "%s"}
        """
            .formatted(account, amount, UUID.randomUUID());
    post(201, Life.ADMIN, "/api/v1/wallet/deposits", body);
    books.deposited(account, amount);
  }

  private void tip() {
    tips = random.nextInt(2);
    if (tips > 0) {
      deposit(BigDecimal.ONE);
      String body = "{\"amount\": 1, \"type\": \"TIP\"}";
      await(() -> market.post(pair.buyer(), path("/payments"), body), 201);
      books.tipped(pair.buyer().account(), pair.owner().account(), BigDecimal.ONE);
    }
  }

  private void talk(Person person) {
    for (int i = random.nextInt(3); i > 0; i--) {
      String word = UUID.randomUUID().toString();
      String body = "{\"content\": \"" + word + "\"}";
      await(() -> market.post(person, path("/messages"), body), 201);
      said.add(word);
    }
  }

  private Answer post(int status, Person person, String path, String body) {
    return expect(status, market.post(person, path, body));
  }

  private void awaitStatus(String status) {
    await(() -> status().equals(status));
  }

  /// A service may not have heard of a task yet, or of its newest state.
  private static Answer await(Callable<Answer> request, Integer... good) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            request,
            answer -> {
              if (answer.status() != 404 && answer.status() != 409) {
                assertThat(answer.status()).as("%s", answer).isIn((Object[]) good);
              }
              return List.of(good).contains(answer.status());
            });
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .ignoreException(UncheckedIOException.class)
        .until(condition);
  }
}
