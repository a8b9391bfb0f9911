package dev.earnest.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// How what the chart makes hangs together.
final class Wiring {
  private Wiring() {}

  /// A path of the routing table, and who answers it.
  record Route(String service, String path) {
    /// More segments, then fewer that may be anything, then those without more beneath them.
    static final Comparator<Route> MOST_SPECIFIC =
        Comparator.comparing((Route route) -> -count(route.path.replace("/**", ""), "/"))
            .thenComparing(route -> count(route.path, "{id}"))
            .thenComparing(route -> count(route.path, "/**"))
            .thenComparing(Route::path);

    /// As a regular expression.
    String expression() {
      return path.replace("{id}", "[^/]+").replace("/**", "(/.*)?");
    }

    private static int count(String text, String word) {
      return text.split(Pattern.quote(word), -1).length - 1;
    }

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
