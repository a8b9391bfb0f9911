package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.deploy.Chart.Values;
import dev.earnest.deploy.Wiring.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The routing table, as gateways in a cluster are told of it.
class RoutesTest {
  @Test
  void httpRouteHasTheWholeTable() {
    JsonNode spec = Chart.render(Values.DEFAULT, "HTTPRoute").getFirst().path("spec");
    List<Route> made = new ArrayList<>();
    for (JsonNode rule : spec.path("rules")) {
      assertThat(rule.path("backendRefs")).hasSize(1);
      assertThat(rule.path("matches").size()).isBetween(1, 64);
      for (JsonNode match : rule.path("matches")) {
        assertThat(match.at("/path/type").asText()).isEqualTo("RegularExpression");
        made.add(
            new Route(rule.at("/backendRefs/0/name").asText(), match.at("/path/value").asText()));
      }
    }
    assertThat(spec.path("rules").size()).isLessThanOrEqualTo(16);
    assertThatTheTableIs(made);
  }

  @Test
  void ingressHasTheWholeTable() {
    JsonNode rule = Chart.render(Values.FULL, "Ingress").getFirst().at("/spec/rules/0/http/paths");
    List<Route> made = new ArrayList<>();
    rule.forEach(path ->
        made.add(new Route(path.at("/backend/service/name").asText(), path.path("path").asText())));
    assertThatTheTableIs(made);
  }

  /// Gateways take the longest expression that matches.
  private static void assertThatTheTableIs(List<Route> made) {
    assertThat(made).hasSameSizeAs(Wiring.routes());
    for (Route route : Wiring.routes()) {
      String path = route.example();
      Set<String> longest =
          made.stream()
              .filter(one -> path.matches(one.path()))
              .collect(Collectors.groupingBy(one -> one.path().length()))
              .entrySet()
              .stream()
              .max(Comparator.comparing(entry -> entry.getKey()))
              .orElseThrow()
              .getValue()
              .stream()
              .map(Route::service)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(longest).as(path).containsExactly(route.service());
    }
  }

  @Test
  void servicesReachTheirPods() {
    List<JsonNode> pods = Chart.render(Values.DEFAULT, "Deployment");
    List<JsonNode> services = Chart.render(Values.DEFAULT, "Service");
    assertThat(services).hasSize(4);
    for (JsonNode service : services) {
      JsonNode selector = service.at("/spec/selector");
      List<JsonNode> chosen =
          pods.stream()
              .filter(pod -> has(pod.at("/spec/template/metadata/labels"), selector))
              .toList();
      assertThat(chosen).hasSize(1);
      JsonNode pod = chosen.getFirst();
      assertThat(
              has(pod.at("/spec/template/metadata/labels"), pod.at("/spec/selector/matchLabels")))
          .isTrue();
      String port = service.at("/spec/ports/0/targetPort").asText();
      assertThat(Wiring.names(pod.at("/spec/template/spec/containers/0/ports"))).contains(port);
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode asked = pod.at("/spec/template/spec/containers/0/" + probe + "/httpGet");
        assertThat(asked.path("port").asText()).isEqualTo(port);
        assertThat(asked.path("path").asText()).startsWith("/q/health/");
      }
    }
  }

  private static boolean has(JsonNode labels, JsonNode wanted) {
    return wanted.properties().stream()
        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }
}
