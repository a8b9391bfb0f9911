package dev.earnest.testkit;

import dev.earnest.local.identity.SigningKeys;
import dev.earnest.local.kafka.KafkaBroker;
import dev.earnest.local.kafka.Topics;
import dev.earnest.local.postgres.Databases;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One PostgreSQL and one Kafka for all tests of a JVM, in a temporary folder and on free ports.
///
/// Quarkus loads test classes in several class loaders, so what is shared is found through system properties, not
/// through static fields.
final class TestStack {
  static final Databases.Passwords PASSWORDS =
      new Databases.Passwords("ownersecret", "runnersecret");
  private static final String HOME = "earnest.test.home";
  private static final String POSTGRES_PORT = "earnest.test.postgres.port";
  private static final String KAFKA_PORT = "earnest.test.kafka.port";

  private TestStack() {}

  /// Starts what does not run yet and makes the service's database.
  static void require(String service) {
    synchronized (System.getProperties()) {
      if (System.getProperty(HOME) == null) {
        start();
      }
      if (System.getProperty(HOME + "." + service) == null) {
        var postgres =
            Postgres.attach(postgresSettings(home(), port(POSTGRES_PORT)), ProcessHandle.current());
        Databases.provision(postgres, service, PASSWORDS);
        System.setProperty(HOME + "." + service, "provisioned");
      }
    }
  }

  static Path home() {
    var home = System.getProperty(HOME);
    if (home == null) {
      throw new IllegalStateException(
          "no test stack: add @WithTestResource(RealStack.class) to the test");
    }
    return Path.of(home);
  }

  static String jdbcUrl(String service) {
    return "jdbc:postgresql://127.0.0.1:" + port(POSTGRES_PORT) + "/" + service;
  }

  static String bootstrapServers() {
    return "127.0.0.1:" + port(KAFKA_PORT);
  }

  static SigningKeys keys() {
    return SigningKeys.in(home().resolve("keys"));
  }

  private static void start() {
    try {
      var home = Files.createTempDirectory("earnest-test-");
      reapWhenThisJvmEnds(home);
      var kafkaPort = Ports.free();
      var postgresPort = Ports.free();
      var kafka =
          KafkaBroker.launch(
              new KafkaBroker.Settings(
                  home.resolve("kafka"), kafkaPort, Ports.free(), home.resolve("kafka.log")));
      Files.writeString(home.resolve("kafka.pid"), Long.toString(kafka.process().pid()));
      var postgres = Postgres.launch(postgresSettings(home, postgresPort));
      Files.writeString(home.resolve("postgres.pid"), Long.toString(postgres.process().pid()));
      postgres.awaitReady();
      kafka.awaitReady();
      Topics.create(kafka);
      System.setProperty(POSTGRES_PORT, Integer.toString(postgresPort));
      System.setProperty(KAFKA_PORT, Integer.toString(kafkaPort));
      System.setProperty(HOME, home.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A helper process waits for the end of a pipe that only this JVM holds: it ends with the JVM, however that dies.
  private static void reapWhenThisJvmEnds(Path home) throws IOException {
    var script =
        """
        trap '' INT HUP TERM
        read -r _
        cd "$1" || exit
        [ -f kafka.pid ] && kill -9 "$(cat kafka.pid)"
        if [ -f postgres.pid ]; then
          postgres=$(cat postgres.pid)
          kill -QUIT "$postgres"
          while kill -0 "$postgres"; do sleep 0.1; done
        fi
        cd / && rm -rf "$1"
        """;
    var reaper =
        new ProcessBuilder(List.of("sh", "-c", script, "earnest-test-reaper", home.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // keeps the pipe reachable: closing it early would end the stack
    Thread.ofPlatform()
        .daemon()
        .name("earnest-test-reaper")
        .start(() -> {
          try {
            reaper.waitFor();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static Postgres.Settings postgresSettings(Path home, int port) {
    return new Postgres.Settings(
        home.resolve("postgres"), port, home.resolve("postgres.log"), false);
  }

  private static int port(String property) {
    home();
    return Integer.getInteger(property);
  }
}
