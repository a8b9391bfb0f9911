package dev.earnest.local;

import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.postgres.Databases;
import dev.earnest.local.process.ClassPath;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The four services: how each is started and what it is told.
final class Services {
  static final List<String> ALL =
      Databases.ALL.stream().map(database -> database + "-service").toList();

  private Services() {}

  /// `task-service-2` is a replica of `task-service`.
  static String serviceOf(String part) {
    return ALL.stream()
        .filter(service -> part.equals(service) || part.startsWith(service + "-"))
        .findFirst()
        .orElse("");
  }

  static List<String> replicas(String service, int count) {
    var parts = new ArrayList<String>();
    for (var number = 1; number <= count; number++) {
      parts.add(number == 1 ? service : service + "-" + number);
    }
    return parts;
  }

  static int preferredPort(String part) {
    var service = serviceOf(part);
    var replica =
        part.equals(service) ? 0 : Integer.parseInt(part.substring(service.length() + 1)) - 1;
    return 8081 + ALL.indexOf(service) + 10 * replica;
  }

  static List<String> command(Path repository, String service, boolean isNative) {
    if (isNative) {
      return List.of(runner(repository.resolve(service).resolve("target")).toString());
    }
    var jar = repository.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new StackException(service + " is not built: " + jar + " is missing");
    }
    return List.of(
        ClassPath.java(),
        "-Xms32m",
        "-Xmx256m",
        "-Xss512k",
        "-XX:+UseSerialGC",
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=30",
        "-XX:ReservedCodeCacheSize=64m",
        // four services on a few cores: the optimising compiler would be the busiest of all for
        // minutes, and whoever waits for an answer waits behind it
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-jar",
        jar.toString());
  }

  /// The standard Quarkus names wherever Quarkus has one.
  static Map<String, String> environment(
      String service,
      int port,
      String jdbcUrl,
      String bootstrapServers,
      String publicUrl,
      Home home,
      Secrets secrets) {
    var database = service.substring(0, service.length() - "-service".length());
    var passwords = secrets.passwords(database);
    return Map.ofEntries(
        Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
        Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
        Map.entry("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl + database),
        Map.entry("QUARKUS_DATASOURCE_USERNAME", Databases.runner(database)),
        Map.entry("QUARKUS_DATASOURCE_PASSWORD", passwords.runner()),
        Map.entry("QUARKUS_FLYWAY_USERNAME", Databases.owner(database)),
        Map.entry("QUARKUS_FLYWAY_PASSWORD", passwords.owner()),
        Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers),
        Map.entry(
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            home.keys().resolve("public.pem").toUri().toString()),
        // with more than one algorithm, a PEM key is read as one of any of them, at random
        Map.entry("MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "RS256"),
        Map.entry("MP_JWT_VERIFY_ISSUER", TokenRequest.ISSUER),
        Map.entry("MP_JWT_VERIFY_AUDIENCES", TokenRequest.AUDIENCE),
        Map.entry("EARNEST_SECRET", secrets.encryptionKey()),
        Map.entry("EARNEST_PUBLIC_URL", publicUrl),
        Map.entry("EARNEST_LOCAL", "true"),
        Map.entry("EARNEST_CLOCK_FILE", home.clock().toString()),
        Map.entry("EARNEST_RATE_LIMIT_PER_SECOND", asked("EARNEST_RATE_LIMIT_PER_SECOND")),
        Map.entry(
            "EARNEST_RATE_LIMIT_BAD_TOKENS_PER_MINUTE",
            asked("EARNEST_RATE_LIMIT_BAD_TOKENS_PER_MINUTE")),
        // fewer arenas of the C library: its caches would be a good part of an idle service's
        // memory
        Map.entry("MALLOC_ARENA_MAX", "2"));
  }

  /// Nobody is limited on their own machine, unless they ask for it.
  private static String asked(String variable) {
    return System.getenv().getOrDefault(variable, "0");
  }

  private static Path runner(Path target) {
    if (Files.isDirectory(target)) {
      try (var files = Files.list(target)) {
        var runner =
            files
                .filter(file -> file.toString().endsWith("-runner"))
                .filter(Files::isExecutable)
                .findFirst();
        if (runner.isPresent()) {
          return runner.get();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new StackException(
        "there is no native program in " + target + ": run ./earnest up --native");
  }
}
