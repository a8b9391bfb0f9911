package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.deploy.Chart.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a container may do, and who may talk to it.
class SecurityTest {
  private static final Set<String> SECRETS =
      Set.of(
          "EARNEST_SECRET",
          "QUARKUS_DATASOURCE_USERNAME",
          "QUARKUS_DATASOURCE_PASSWORD",
          "QUARKUS_FLYWAY_USERNAME",
          "QUARKUS_FLYWAY_PASSWORD");

  @ParameterizedTest
  @EnumSource
  void containersMayDoNothingButTheirWork(Values values) {
    List<JsonNode> pods = pods(values);
    assertThat(pods).hasSize(4);
    for (JsonNode pod : pods) {
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText())
          .isEqualTo("RuntimeDefault");
      for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertThat(pod.has(host)).isFalse();
      }
      assertThat(containers(pod)).hasSize(2);
      for (JsonNode container : containers(pod)) {
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(security.at("/capabilities").has("add")).isFalse();
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void secretsComeFromSecrets(Values values) {
    for (JsonNode pod : pods(values)) {
      for (JsonNode container : containers(pod)) {
        for (JsonNode variable : container.path("env")) {
          String name = variable.path("name").asText();
          boolean fromSecret = variable.at("/valueFrom/secretKeyRef/name").isTextual();
          assertThat(fromSecret || !SECRETS.contains(name)).as(name).isTrue();
        }
      }
    }
    assertThat(Chart.render(values, "Secret")).isEmpty();
  }

  /// The role that may change the schema is the migration's alone.
  @ParameterizedTest
  @EnumSource
  void serviceDoesNotKnowTheOwnerOfItsTables(Values values) {
    for (JsonNode pod : pods(values)) {
      assertThat(Wiring.names(pod.at("/initContainers/0/env"))).contains("QUARKUS_FLYWAY_PASSWORD");
      assertThat(Wiring.names(pod.at("/containers/0/env")))
          .doesNotContain("QUARKUS_FLYWAY_PASSWORD");
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhoMustTalkMayTalk(Values values) {
    List<JsonNode> policies = Chart.render(values, "NetworkPolicy");
    assertThat(policies).hasSize(4);
    for (JsonNode policy : policies) {
      assertThat(policy.at("/spec/policyTypes")).hasSize(2);
      assertThat(policy.at("/spec/ingress")).hasSize(1);
      assertThat(policy.at("/spec/ingress/0/from")).hasSize(2);
      for (JsonNode rule : policy.at("/spec/egress")) {
        assertThat(rule.path("to").isEmpty()).isFalse();
      }
      boolean calledBack = policy.at("/metadata/name").asText().equals("messaging-service");
      JsonNode outside = policy.at("/spec/egress/3");
      assertThat(outside.at("/to/0/ipBlock/except").toString())
          .contains("10.0.0.0/8", "169.254.0.0/16");
      assertThat(outside.path("ports").isMissingNode()).isEqualTo(calledBack);
    }
  }

  private static List<JsonNode> pods(Values values) {
    return Chart.render(values, "Deployment").stream()
        .map(deployment -> deployment.at("/spec/template/spec"))
        .toList();
  }

  private static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> containers = new ArrayList<>();
    pod.path("initContainers").forEach(containers::add);
    pod.path("containers").forEach(containers::add);
    return containers;
  }
}
