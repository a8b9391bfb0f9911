package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that are asked to end, as every rolling restart asks them, in the middle of their work.
class CleanStopTest {
  private static final int CLIENTS = 2;
  private static final int STOPS = 2;
  private static final Duration GRACE = Duration.ofSeconds(30);

  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  /// Every task that a client was told of is there, and its money is held. An event that was taken as
  /// heard without its effect, or an effect that nobody hears of, would leave one behind.
  @ParameterizedTest
  @ValueSource(strings = {"task-service", "escrow-service"})
  void whatWasAcceptedIsDoneWhole(String service) throws Exception {
    Life life = new Life().register().deposit("100000.00");
    Set<String> accepted = ConcurrentHashMap.newKeySet();
    try (var pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      try (Work work = new Work()) {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(pool.submit(() -> work.run(() -> accepted.add(create(life)))));
        }
        for (int stop = 0; stop < STOPS; stop++) {
          int before = accepted.size();
          Life.await().until(() -> accepted.size() > before + 20);
          stop(service);
          RunningStack.restart();
        }
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    accepted.remove("");
    assertThat(accepted).hasSizeGreaterThan(STOPS * 20);
    Life.await()
        .untilAsserted(() -> {
          Map<String, Boolean> tasks = tasks(life);
          assertThat(tasks.keySet()).containsAll(accepted);
          assertThat(tasks).doesNotContainValue(false);
          assertThat(life.held()).isEqualByComparingTo(Integer.toString(tasks.size()));
        });
  }

  /// All that the buyer has, and whether each is funded.
  private static Map<String, Boolean> tasks(Life life) {
    Map<String, Boolean> tasks = new HashMap<>();
    String cursor = "";
    do {
      Answer page = RunningStack.market().get(life.buyer, "/api/v1/tasks?limit=100" + cursor);
      page.body()
          .path("tasks")
          .forEach(task -> tasks.put(task.path("id").asText(), task.path("funded").asBoolean()));
      cursor = page.text("/nextCursor").replace("null", "");
      cursor = cursor.isEmpty() ? "" : "&cursor=" + cursor;
    } while (!cursor.isEmpty());
    return tasks;
  }

  @Test
  void readinessIsLostBeforeRequestsAre() {
    String service = "dispute-service";
    int port = RunningStack.stack().port(service);
    ProcessHandle process = RunningStack.stack().process(service).orElseThrow();
    List<String> seen = new ArrayList<>();
    Detached.signal(process, "TERM");
    while (process.isAlive()) {
      seen.add(status(port, "/q/health/ready") + " " + status(port, "/q/clock"));
    }
    RunningStack.restart();
    assertThat(seen).contains("503 200");
    int unready = seen.indexOf("503 200");
    assertThat(seen.subList(0, unready)).allMatch(answers -> answers.endsWith(" 200"));
  }

  /// Repeats something until it is closed.
  private static final class Work implements AutoCloseable {
    private volatile boolean over;

    void run(Runnable step) {
      while (!over) {
        step.run();
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }

  /// @return the id of the new task, empty when nobody was there to make it
  private static String create(Life life) {
    try {
      Answer answer = life.tryCreate("1.00");
      assertThat(answer.status()).as("%s", answer).isIn(201, 502, 503, 504);
      return answer.status() == 201 ? answer.text("/task/id") : "";
    } catch (UncheckedIOException _) {
      return "";
    }
  }

  private static void stop(String service) {
    Detached.stop(RunningStack.stack().process(service).orElseThrow(), "TERM", GRACE);
  }

  /// @return 0 for no answer
  private static int status(int port, String path) {
    URI uri = URI.create("http://localhost:" + port + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
