package dev.earnest.system.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.system.Life;
import dev.earnest.system.OwnStack;
import dev.earnest.system.RunningStack;
import dev.earnest.system.access.AccessTable.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every endpoint of every service against every caller, as `access.txt` says.
class AccessTableTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// How long an answer that says less than it should may take to catch up with the other services.
  private static final Duration CATCHING_UP = Duration.ofSeconds(10);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Scenes SCENES = new Scenes();

  static Stream<Row> rows() {
    return AccessTable.rows().stream();
  }

  @AfterAll
  static void close() {
    SCENES.close();
    Life.assertLedgerIsClean();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void everybodyGetsWhatTheTableSays(Row row) {
    Map<Caller, Integer> got = new EnumMap<>(Caller.class);
    for (Caller caller : Caller.values()) {
      got.put(caller, answer(row, caller));
    }
    assertThat(got).as("%s", row).isEqualTo(new EnumMap<>(row.expected()));
  }

  @Test
  void tableHasEveryEndpointOfTheDocuments() {
    Set<String> documented = new TreeSet<>();
    for (String service : OwnStack.SERVICES) {
      JsonNode paths = Marketplace.read(RunningStack.document(service)).path("paths");
      assertThat(paths.size()).as(service).isPositive();
      paths
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(method ->
                      documented.add(
                          Row.endpoint(method.toUpperCase(Locale.ROOT), path.getKey()))));
    }
    Set<String> tabled = new TreeSet<>(rows().map(Row::endpoint).toList());
    assertThat(tabled).isEqualTo(documented);
  }

  /// What a caller gets; where it is less than expected, once the other services have heard.
  private static int answer(Row row, Caller caller) {
    int expected = row.expected().getOrDefault(caller, 0);
    long end = System.nanoTime() + CATCHING_UP.toNanos();
    int status = call(row, caller);
    while (status != expected && (status == 404 || status == 409) && System.nanoTime() < end) {
      status = call(row, caller);
    }
    if (status < 300 && !row.method().equals("GET")) {
      SCENES.strike(row.scene());
    }
    return status;
  }

  private static int call(Row row, Caller caller) {
    Scenes.Stage stage = SCENES.get(row.scene());
    URI uri = URI.create(RunningStack.stack().url() + stage.fill(row.path()));
    String body = stage.fill(row.body());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .method(
                row.method(),
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    String token =
        caller == Caller.WRONG_SCOPE ? SCENES.wrongScope(row) : stage.tokens().get(caller);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(row + " by " + caller, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
