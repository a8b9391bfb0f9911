package dev.earnest.bench;

import dev.earnest.local.postgres.Databases;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A database for each service beside the services' own, on the same server, made by the services' own
/// migrations and dropped when done with.
final class Scratch implements AutoCloseable {
  static final List<String> SERVICES = Databases.ALL;

  private static final String KIT = "platform/service-kit/src/main/resources/db/kit";
  private static final String MIGRATIONS = "%s-service/src/main/resources/db/migration";
  static final String EXAMPLE = "platform/contracts/src/main/resources/contracts/%s.example.json";

  private final Postgres postgres;
  private final Path repository;
  private final Map<String, String> examples = new ConcurrentHashMap<>();

  private Scratch(Postgres postgres, Path repository) {
    this.postgres = postgres;
    this.repository = repository;
  }

  static Scratch create(Postgres postgres, Path repository) throws SQLException {
    Scratch scratch = new Scratch(postgres, repository);
    try {
      scratch.drop();
      for (String service : SERVICES) {
        scratch.administer("CREATE DATABASE " + database(service));
        scratch.migrate(service);
      }
      return scratch;
    } catch (SQLException | RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  Connection connect(String service) throws SQLException {
    return postgres.connectAsSuperuser(database(service));
  }

  /// The contract's example of a type of event.
  String example(String type) {
    return examples.computeIfAbsent(type, _ -> read(repository.resolve(EXAMPLE.formatted(type))));
  }

  @Override
  public void close() throws SQLException {
    drop();
  }

  private void drop() throws SQLException {
    for (String service : SERVICES) {
      administer("DROP DATABASE IF EXISTS " + database(service) + " WITH (FORCE)");
    }
  }

  /// The running role is ourselves: what a migration takes away from it is not looked at here.
  private void migrate(String service) throws SQLException {
    try (Connection connection = connect(service);
        var statement = connection.createStatement()) {
      for (String folder : List.of(KIT, MIGRATIONS.formatted(service))) {
        for (Path file : migrations(repository.resolve(folder))) {
          statement.execute(read(file).replace("${runner}", "postgres"));
        }
      }
    }
  }

  /// In the order of their versions.
  static List<Path> migrations(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("V.+__.+\\.sql"))
          .sorted(Comparator.comparing(Scratch::version))
          .toList();
    } catch (IOException e) {
      throw new StackException("cannot read the migrations in " + folder, e);
    }
  }

  private static Runtime.Version version(Path file) {
    String digits = file.getFileName().toString().substring(1).replaceFirst("__.*", "");
    // a version of the JDK must not begin with 0, one of a migration may
    return Runtime.Version.parse("1." + digits.replace('_', '.').replaceAll("\\.0+$", ""));
  }

  private void administer(String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String database(String service) {
    return "bench_" + service;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
