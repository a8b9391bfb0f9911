package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.deploy.Chart.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Alerts and the dashboard look at what the services measure, and say what to do.
class AlertsTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(earnest|http_server|kafka|jvm|process|agroal)_[a-z_]+");

  private static final Pattern METER = Pattern.compile("\"(earnest\\.[a-z.]+)\"");

  /// Of Quarkus, Micrometer and the Kafka clients.
  private static final Set<String> OF_LIBRARIES =
      Set.of(
          "http_server_requests_seconds_count",
          "http_server_requests_seconds_sum",
          "kafka_consumer_fetch_manager_records_lag_max",
          "jvm_memory_used_bytes",
          "process_cpu_usage");

  @Test
  void alertsLookAtWhatIsMeasured() {
    JsonNode rules =
        Chart.render(Values.FULL, "PrometheusRule").getFirst().at("/spec/groups/0/rules");
    assertThat(rules.size()).isGreaterThanOrEqualTo(6);
    Set<String> measured = measured();
    for (JsonNode rule : rules) {
      Set<String> asked = metrics(rule.path("expr").asText());
      assertThat(asked).as("%s", rule).isNotEmpty();
      assertThat(measured).containsAll(asked);
    }
  }

  @Test
  void dashboardShowsWhatIsMeasured() throws IOException {
    String dashboard =
        Files.readString(Chart.ROOT.resolve("deploy/helm/earnest/files/dashboard.json"));
    Set<String> asked = metrics(dashboard);
    assertThat(asked).hasSizeGreaterThanOrEqualTo(5);
    assertThat(measured()).containsAll(asked);
    String shown =
        Chart.render(Values.FULL, "ConfigMap").getFirst().at("/data/earnest.json").asText();
    assertThat(shown).isEqualTo(dashboard);
  }

  @Test
  void everyAlertHasItsRunbook() throws IOException {
    String runbooks = Files.readString(Chart.ROOT.resolve("docs/runbooks.md"));
    Set<String> titles =
        runbooks
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> told = new TreeSet<>();
    Chart.render(Values.FULL, "PrometheusRule")
        .getFirst()
        .at("/spec/groups/0/rules")
        .forEach(rule -> {
          String url = rule.at("/annotations/runbook_url").asText();
          told.add(url.substring(url.indexOf('#') + 1));
        });
    assertThat(titles).isEqualTo(told);
  }

  private static Set<String> metrics(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /// As Prometheus has their names: a counter's ends in `_total`.
  private static Set<String> measured() {
    Set<String> names = new TreeSet<>(OF_LIBRARIES);
    for (String module :
        Set.of("platform/service-kit", "escrow-service", "messaging-service", "task-service")) {
      try (Stream<Path> files = Files.walk(Chart.ROOT.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          METER
              .matcher(Files.readString(file))
              .results()
              .map(match -> match.group(1).replace('.', '_'))
              .forEach(name -> {
                names.add(name);
                names.add(name + "_total");
              });
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return names;
  }
}
