package dev.earnest.local.gateway;

import java.util.Comparator;
import java.util.List;

/// A path pattern of the routing table; see the head of `deploy/routes.yaml`.
///
/// @param open whether the pattern ends with `/**`
record PathPattern(List<String> segments, boolean open) {
  private static final String ANY = "{id}";
  private static final String BENEATH = "/**";

  /// The pattern to ask first comes first.
  static final Comparator<PathPattern> MOST_SPECIFIC =
      Comparator.comparingInt((PathPattern pattern) -> -pattern.segments().size())
          .thenComparingLong(pattern -> pattern.segments().stream().filter(ANY::equals).count())
          .thenComparing(PathPattern::open);

  static PathPattern parse(String text) {
    var open = text.endsWith(BENEATH);
    var path = open ? text.substring(0, text.length() - BENEATH.length()) : text;
    var segments = split(path);
    for (var segment : segments) {
      if (segment.isEmpty() || (!segment.equals(ANY) && !segment.matches("[a-z0-9-]+"))) {
        throw new IllegalArgumentException("not a path pattern: " + text);
      }
    }
    return new PathPattern(segments, open);
  }

  static List<String> split(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: " + path);
    }
    return List.of(path.substring(1).split("/", -1));
  }

  boolean matches(List<String> path) {
    if (open ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (var i = 0; i < segments.size(); i++) {
      var wanted = segments.get(i);
      var given = path.get(i);
      if (wanted.equals(ANY) ? given.isEmpty() : !wanted.equals(given)) {
        return false;
      }
    }
    return true;
  }
}
