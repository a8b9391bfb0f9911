package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.system.FlakyReceiver.Call;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.RealStack;
import dev.earnest.testkit.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The messaging service, packaged and as a process of its own, is killed twice in the middle of
/// 10,000 webhooks to a flaky receiver: each arrives at least once, each task's first attempts are in
/// order, and what was taken and written down is not sent again.
class KilledWebhooksTest {
  private static final int TASKS = 2_000;
  private static final int BUYERS = 25;

  /// As many as an endpoint that works has in flight.
  private static final int IN_FLIGHT = BUYERS * 4;

  /// Longer than any pause between two attempts, jitter included.
  private static final Duration LONGEST_PAUSE = Duration.ofHours(14);

  /// Enough for every attempt that a webhook gets.
  private static final int MOST_MOVES = 25;

  private static final List<String> EVENTS =
      List.of("assigned", "delivered", "revision_requested", "delivered", "completed");
  private static final List<String> TYPES =
      List.of(
          "task.executing",
          "task.delivered",
          "task.revision_requested",
          "task.delivered",
          "task.completed");
  private static final List<String> STATES =
      List.of("EXECUTING", "DELIVERED", "EXECUTING", "DELIVERED", "COMPLETED");

  private final Map<String, String> configuration = configuration();
  private final List<Long> kills = new ArrayList<>();

  @Test
  void everyWebhookArrivesInOrderHoweverOftenTheServiceIsKilled(@TempDir Path folder)
      throws Exception {
    Process service = start(folder.resolve("first.log"));
    try (FlakyReceiver receiver = new FlakyReceiver();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      String run = "/" + System.nanoTime() + "/";
      for (int i = 0; i < TASKS; i++) {
        String buyer = "killed-" + i % BUYERS;
        threads.submit(() -> tell(buyer, receiver.url(run + buyer)));
      }
      await().atMost(Duration.ofMinutes(2)).until(() -> receiver.taken() >= 2_500);
      kill(service);
      service = start(folder.resolve("second.log"));
      await().atMost(Duration.ofMinutes(2)).until(() -> receiver.taken() >= 6_000);
      kill(service);
      service = start(folder.resolve("third.log"));
      Duration ahead = Duration.ofMinutes(2);
      for (int moves = 0; receiver.taken() < TASKS * EVENTS.size(); moves++) {
        assertThat(moves).as("%s taken, %s", receiver.taken(), left()).isLessThan(MOST_MOVES);
        receiver.awaitQuiet();
        moveClock(ahead);
        ahead = ahead.compareTo(LONGEST_PAUSE) < 0 ? ahead.multipliedBy(2) : LONGEST_PAUSE;
      }
      awaitSettled();
      assertEachArrivedInOrder(receiver.calls());
      assertNothingWasSentAfterItWasTaken(receiver.calls());
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  /// At least once, and the first attempts of each task in the order of its events.
  private static void assertEachArrivedInOrder(List<Call> calls) {
    Map<String, List<Call>> byTask = calls.stream().collect(Collectors.groupingBy(Call::task));
    assertThat(byTask).hasSize(TASKS);
    byTask.forEach((task, all) -> {
      Map<String, String> firsts = new LinkedHashMap<>();
      all.forEach(call -> firsts.putIfAbsent(call.id(), call.type()));
      assertThat(firsts.values()).as(task).containsExactlyElementsOf(TYPES);
      Set<String> taken =
          all.stream().filter(call -> call.nanos() > 0).map(Call::id).collect(Collectors.toSet());
      assertThat(taken).as(task).hasSize(TYPES.size());
    });
  }

  /// Whose outcome the kill kept from being written down is sent again; nothing else is.
  private void assertNothingWasSentAfterItWasTaken(List<Call> calls) throws SQLException {
    Map<String, Long> taken = new HashMap<>();
    Set<String> again = new HashSet<>();
    for (Call call : calls) {
      Long at = taken.get(call.id());
      if (at != null) {
        again.add(call.id());
        assertThat(kills)
            .as("%s was taken just before a kill", call)
            .anyMatch(kill -> Math.abs(kill - at) < Duration.ofSeconds(3).toNanos());
      } else if (call.nanos() > 0) {
        taken.put(call.id(), call.nanos());
      }
    }
    assertThat(again).hasSizeLessThanOrEqualTo(kills.size() * IN_FLIGHT);
    assertThat(
            count(
                """
                SELECT count(*) FROM webhook_attempts good JOIN webhook_attempts later
                  ON later.delivery = good.delivery AND later.position > good.position
                WHERE good.error IS NULL
                """))
        .isZero();
  }

  /// How many are in which state, after how many attempts.
  private String left() throws SQLException {
    return text(
        """
        SELECT coalesce(string_agg(DISTINCT concat(state, ' after ', attempts), ', '), '')
        FROM webhook_deliveries WHERE state <> 'DELIVERED'
        """);
  }

  private void awaitSettled() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> count("SELECT count(*) FROM webhook_deliveries WHERE state <> 'DELIVERED'") == 0);
  }

  private static void tell(String buyer, String url) {
    String task = UUID.randomUUID().toString();
    IntStream.range(0, EVENTS.size())
        .forEach(i -> {
          String type = "earnest.task." + EVENTS.get(i) + ".v1";
          ObjectNode event = (ObjectNode) Marketplace.read(Contracts.example(type));
          event
              .withObject("/task")
              .put("id", task)
              .put("buyer", buyer)
              .put("callbackUrl", url)
              .put("status", STATES.get(i))
              .put("version", i + 1);
          TestKafka.publish("task.events", task, type, event.toString());
        });
  }

  private void kill(Process service) throws InterruptedException {
    service.destroyForcibly().waitFor();
    kills.add(System.nanoTime());
  }

  private Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dquarkus.http.port=0"));
    configuration.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(
        OwnStack.root().resolve("messaging-service/target/quarkus-app/quarkus-run.jar").toString());
    Process service =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.readString(log).contains("Listening on"));
    return service;
  }

  private void moveClock(Duration by) throws IOException {
    Path file = Path.of(configuration.get("earnest.clock-file"));
    long before = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    Files.writeString(file, Long.toString(before + by.toMillis()));
  }

  private long count(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                configuration.get("quarkus.datasource.jdbc.url"),
                configuration.get("quarkus.flyway.username"),
                configuration.get("quarkus.flyway.password"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Map<String, String> configuration() {
    RealStack stack = new RealStack();
    stack.init(Map.of("service", "messaging"));
    return stack.start();
  }
}
