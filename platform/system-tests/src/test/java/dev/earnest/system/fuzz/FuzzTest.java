package dev.earnest.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.client.Marketplace;
import dev.earnest.system.Life;
import dev.earnest.system.OwnStack;
import dev.earnest.system.RunningStack;
import dev.earnest.system.access.AccessTable;
import dev.earnest.system.access.AccessTable.Row;
import dev.earnest.system.access.Caller;
import dev.earnest.system.access.Scenes;
import dev.earnest.system.access.Scenes.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every operation of every service is asked thousands of things that make no sense, the same ones
/// each time; `-Dearnest.fuzz.seed` asks others.
class FuzzTest {
  private static final int REQUESTS = 20_000;
  private static final int AT_ONCE = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_READ = 1_000_000;
  private static final int MOST_SHOWN = 40;

  /// The one dead letter of the scenes is no event, so its replay fails, and the log has to say why.
  private static final String FAILED_REPLAY =
      "(earnest.dead_letter.replay_requested.v1) cannot be handled";

  /// What they set stays set.
  private static final List<String> LASTING = List.of("PUT", "PATCH");

  private final long seed = Long.getLong("earnest.fuzz.seed", 1);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Operation> operations = Operation.all();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  private record Answer(int status, String type, String body) {}

  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  @Test
  void whateverIsAskedGetsAnAnswerThatTheDocumentDeclares() throws Exception {
    System.out.println("fuzz: seed " + seed);
    Map<String, Long> logged = logLengths();
    List<Row> rows = AccessTable.rows().stream().sorted(Comparator.comparing(Row::scene)).toList();
    int each = REQUESTS / rows.size() + 1;
    try (Scenes scenes = new Scenes();
        var clients = Executors.newFixedThreadPool(AT_ONCE)) {
      int done = 0;
      int told = 0;
      for (Row row : rows) {
        if (ask(row, scenes, each, clients)) {
          scenes.strike(row.scene());
        }
        done += each;
        System.out.printf("fuzz: %d %s %s%n", done, row, statuses);
        violations.stream().skip(told).forEach(System.out::println);
        told = violations.size();
      }
      assertThat(done).isGreaterThanOrEqualTo(REQUESTS);
    }
    violations.addAll(unforeseen(logged));
    assertThat(violations.stream().limit(MOST_SHOWN))
        .as("seed %d, first: %s", seed, violations.stream().findFirst().orElse("none"))
        .isEmpty();
    assertThat(statuses.keySet()).contains(400, 401, 404, 405, 406, 415, 422);
  }

  /// @return whether something was changed
  private boolean ask(Row row, Scenes scenes, int count, ExecutorService clients)
      throws IOException, InterruptedException {
    Operation operation = Objects.requireNonNull(operations.get(row.endpoint()), row::toString);
    Stage stage = scenes.get(row.scene());
    String token = stage.tokens().getOrDefault(allowed(row), "");
    BadRequests requests =
        new BadRequests(new Random(seed ^ row.toString().hashCode()), row, stage, operation);
    Map<BadRequest, Future<Answer>> answers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      BadRequest request = requests.next(token);
      answers.put(request, clients.submit(() -> send(request)));
    }
    boolean changed = judgeAll(operation, answers);
    if (changed && LASTING.contains(row.method())) {
      // a spend cap that somebody makes up would hinder the scenes that follow
      send(requests.good(token));
    }
    return changed;
  }

  private boolean judgeAll(Operation operation, Map<BadRequest, Future<Answer>> answers)
      throws InterruptedException {
    boolean changed = false;
    for (var asked : answers.entrySet()) {
      try {
        Answer answer = asked.getValue().get();
        judge(asked.getKey(), operation, answer);
        changed |= answer.status() < 300;
      } catch (ExecutionException e) {
        violations.add(asked.getKey() + ": " + e.getCause());
      }
    }
    return changed;
  }

  private void judge(BadRequest request, Operation operation, Answer answer) {
    statuses.merge(answer.status(), 1, Integer::sum);
    boolean ofTheOperation = request.sentAs.equals(request.method);
    boolean good =
        answer.status() < 500
            && (ofTheOperation
                ? operation.declares(answer.status(), answer.type())
                : answer.status() < 400
                    || request.sentAs.equals("HEAD")
                    || answer.type().equals("application/problem+json"));
    if (!good) {
      violations.add(request + ": " + answer);
    }
    if (answer.type().equals("application/problem+json") && !answer.body().isEmpty()) {
      int said = Marketplace.read(answer.body()).path("status").asInt();
      if (said != answer.status()) {
        violations.add(request + ": a problem of another status: " + answer);
      }
    }
  }

  private Answer send(BadRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            request.to(RunningStack.stack().url(), TIMEOUT),
            HttpResponse.BodyHandlers.ofInputStream());
    String type = answer.headers().firstValue("content-type").orElse("").replaceAll("\\s*;.*", "");
    try (InputStream body = answer.body()) {
      String text =
          type.equals("text/event-stream")
              ? ""
              : new String(body.readNBytes(MOST_READ), StandardCharsets.UTF_8);
      return new Answer(answer.statusCode(), type, text);
    }
  }

  /// One who may, so that the request gets as far as it can.
  private static Caller allowed(Row row) {
    return Arrays.stream(Caller.values())
        .filter(caller -> row.expected().getOrDefault(caller, 0) / 100 == 2)
        .findFirst()
        .orElse(Caller.NOBODY);
  }

  private static Map<String, Long> logLengths() throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    for (String service : OwnStack.SERVICES) {
      lengths.put(service, Files.size(RunningStack.stack().log(service)));
    }
    return lengths;
  }

  /// What the services wrote of errors that they did not foresee.
  private static List<String> unforeseen(Map<String, Long> since) {
    List<String> lines = new ArrayList<>();
    since.forEach((service, length) -> {
      Path log = RunningStack.stack().log(service);
      try (InputStream in = Files.newInputStream(log)) {
        in.skipNBytes(length);
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("\"level\":\"ERROR\""))
            .filter(line -> !line.contains(FAILED_REPLAY))
            .map(line -> service + ": " + line.substring(0, Math.min(line.length(), 600)))
            .forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return lines;
  }
}
