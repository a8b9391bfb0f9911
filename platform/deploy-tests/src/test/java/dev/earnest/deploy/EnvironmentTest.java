package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.deploy.Chart.Values;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Services are told in a cluster what they are told by the local stack.
class EnvironmentTest {
  private static final Set<String> NEEDED = Variables.needed();

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
      needed.removeAll(Variables.OWNER);
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
