package dev.earnest.local.gateway;

import dev.earnest.local.process.PrivateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The routing table, most specific pattern first.
public final class Routes {
  /// A service behind us may resolve `..` and would then answer a path that the table does not name.
  private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}");

  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(Comparator.comparing(Route::pattern, PathPattern.MOST_SPECIFIC))
            .toList();
  }

  private record Route(PathPattern pattern, String service) {}

  public static Routes load(Path file) {
    return parse(PrivateFiles.read(file));
  }

  static Routes parse(String yaml) {
    Map<String, List<Map<String, Object>>> document =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    var routes = new ArrayList<Route>();
    for (var entry : document.getOrDefault("routes", List.of())) {
      if (!(entry.get("service") instanceof String service)
          || !(entry.get("paths") instanceof List<?> paths)) {
        throw new IllegalArgumentException("a route has a service and paths: " + entry);
      }
      paths.forEach(
          path -> routes.add(new Route(PathPattern.parse(String.valueOf(path)), service)));
    }
    return new Routes(routes);
  }

  /// The service that answers a path (as it is on the wire, without its query).
  public Optional<String> service(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    var segments = PathPattern.split(path);
    if (segments.stream()
        .anyMatch(segment -> DOTS.matcher(segment).matches() || segment.contains("\\"))) {
      return Optional.empty();
    }
    return routes.stream()
        .filter(route -> route.pattern().matches(segments))
        .map(Route::service)
        .findFirst();
  }

  public List<String> services() {
    return routes.stream().map(Route::service).distinct().sorted().toList();
  }
}
