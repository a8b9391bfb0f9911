package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.identity.TokenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// More than a service can take, and less than it needs: callers are told at once to come again, and
/// when it is over everything goes on.
class OverloadTest {
  private static final String SERVICE = "task-service";
  private static final int FLOOD = 9_000;
  private static final int AT_ONCE = 3_000;
  private static final long MOST_MEMORY_MIB = 512;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Marketplace market = RunningStack.market();

  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  @Test
  void floodIsShedAndThenEverythingGoesOn() throws Exception {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    URI uri =
        URI.create(
            "http://localhost:" + RunningStack.stack().port(SERVICE) + "/api/v1/tasks?limit=1");
    String token =
        RunningStack.stack().token(TokenRequest.of(life.buyer.account(), life.buyer.roles()));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .timeout(TIMEOUT)
            .build();

    Map<Integer, Integer> answers = flood(request);

    System.out.println("overload: " + answers);
    assertThat(answers.keySet()).containsExactly(200, 503);
    assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FLOOD);
    assertThat(RunningStack.residentMebibytes(SERVICE)).isLessThan(MOST_MEMORY_MIB);
    for (int i = 0; i < 100; i++) {
      assertThat(market.get(life.buyer, "/api/v1/tasks?limit=1").status()).isEqualTo(200);
    }
    life.deliver().approve().awaitBalances("0", "47.50");
  }

  @Test
  void withoutADatabaseCallersAreToldToComeAgain() {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    RunningStack.kill("postgres");
    try {
      Answer answer = life.tryDeliver();
      assertThat(answer.status()).as("%s", answer).isEqualTo(503);
      assertThat(answer.text("/code")).isEqualTo("unavailable");
    } finally {
      RunningStack.restart();
    }
    Life.await().until(() -> life.tryDeliver().status() == 200);
    Life.await().until(() -> life.tryApprove().status() == 200);
    life.awaitBalances("0", "47.50");
  }

  /// @return how many got which status
  private static Map<Integer, Integer> flood(HttpRequest request)
      throws ExecutionException, InterruptedException {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var callers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        answers.add(
            callers.submit(() -> client.send(request, HttpResponse.BodyHandlers.ofString())));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        HttpResponse<String> got = answer.get();
        statuses.merge(got.statusCode(), 1, Integer::sum);
        if (got.statusCode() == 503) {
          assertThat(got.headers().firstValue("retry-after")).hasValue("1");
          assertThat(Marketplace.read(got.body()).path("code").asText()).isEqualTo("overloaded");
        }
      }
    }
    return statuses;
  }
}
