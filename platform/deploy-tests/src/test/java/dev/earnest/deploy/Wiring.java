package dev.earnest.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// How what the chart makes hangs together.
final class Wiring {
  private Wiring() {}

  /// A path of the routing table, and who answers it.
  record Route(String service, String path) {
    /// A path that it is for.
    String example() {
      return path.replace("{id}", "1").replace("/**", "/more/of/it");
    }
  }

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (JsonNode route : Chart.read(Chart.ROOT.resolve("deploy/routes.yaml")).path("routes")) {
      for (JsonNode path : route.path("paths")) {
        routes.add(new Route(route.path("service").asText(), path.asText()));
      }
    }
    return routes;
  }

  static List<String> namesOf(List<JsonNode> objects) {
    return objects.stream().map(object -> object.at("/metadata/name").asText()).toList();
  }

  static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(one -> names.add(one.path("name").asText()));
    return names;
  }
}
