package dev.earnest.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The environment variables that a service is told by the local stack, so that it has to be told them
/// everywhere.
final class Variables {
  /// Of the role that migrates.
  static final Set<String> OWNER = Set.of("QUARKUS_FLYWAY_USERNAME", "QUARKUS_FLYWAY_PASSWORD");

  /// Of a developer's machine alone.
  private static final Set<String> LOCAL =
      Set.of("QUARKUS_HTTP_HOST", "EARNEST_LOCAL", "EARNEST_CLOCK_FILE", "MALLOC_ARENA_MAX");

  private static final Pattern VARIABLE = Pattern.compile("Map\\.entry\\(\\s*\"([A-Z_]+)\"");

  private Variables() {}

  static Set<String> needed() {
    Set<String> needed = new TreeSet<>();
    try {
      String source =
          Files.readString(
              Chart.ROOT.resolve("deploy/local/src/main/java/dev/earnest/local/Services.java"));
      VARIABLE.matcher(source).results().forEach(match -> needed.add(match.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!needed.containsAll(LOCAL) || !needed.containsAll(OWNER)) {
      throw new AssertionError("the local stack tells services something else: " + needed);
    }
    needed.removeAll(LOCAL);
    return needed;
  }
}
