package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.deploy.Chart.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Services are told in a cluster what they are told by the local stack.
class EnvironmentTest {
  private static final Pattern VARIABLE = Pattern.compile("Map\\.entry\\(\\s*\"([A-Z_]+)\"");

  /// Of a developer's machine alone.
  private static final Set<String> LOCAL =
      Set.of("QUARKUS_HTTP_HOST", "EARNEST_LOCAL", "EARNEST_CLOCK_FILE", "MALLOC_ARENA_MAX");

  private static final Set<String> OWNER =
      Set.of("QUARKUS_FLYWAY_USERNAME", "QUARKUS_FLYWAY_PASSWORD");

  private static final Set<String> NEEDED = new TreeSet<>();

  @BeforeAll
  static void readWhatTheLocalStackSets() throws IOException {
    String source =
        Files.readString(
            Chart.ROOT.resolve("deploy/local/src/main/java/dev/earnest/local/Services.java"));
    VARIABLE.matcher(source).results().forEach(match -> NEEDED.add(match.group(1)));
    assertThat(NEEDED).hasSizeGreaterThan(12).containsAll(LOCAL).containsAll(OWNER);
    NEEDED.removeAll(LOCAL);
  }

  @ParameterizedTest
  @EnumSource
  void everyVariableIsGivenOnce(Values values) {
    for (JsonNode deployment : Chart.render(values, "Deployment")) {
      JsonNode pod = deployment.at("/spec/template/spec");
      var migrates = Wiring.names(pod.at("/initContainers/0/env"));
      var runs = Wiring.names(pod.at("/containers/0/env"));
      assertThat(migrates).doesNotHaveDuplicates().containsAll(NEEDED);
      assertThat(runs).doesNotHaveDuplicates();
      Set<String> needed = new TreeSet<>(NEEDED);
      needed.removeAll(OWNER);
      assertThat(runs).containsAll(needed);
      assertThat(pod.toString()).contains("QUARKUS_INIT_AND_EXIT");
      pod.at("/containers/0/env")
          .forEach(variable ->
              assertThat(variable.has("value") ? variable.path("value").asText() : "from a secret")
                  .as("%s", variable)
                  .isNotEmpty());
    }
  }
}
