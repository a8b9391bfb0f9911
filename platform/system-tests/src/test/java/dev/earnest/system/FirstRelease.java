package dev.earnest.system;

import dev.earnest.local.postgres.Databases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/// What the first release had in its databases: its migrations, and the rows that it had written for
/// a few people. Kafka was killed before the last of them acted, so their events are in the outbox.
final class FirstRelease {
  static final Instant RECORDED = Instant.parse("2026-11-27T09:17:00Z");

  private static final Path ROWS = Path.of("src/test/resources/first-release");
  private static final List<String> MIGRATIONS = List.of("V0.1__", "V0.2__", "V1__");

  /// What numbers rows goes on after those that there are.
  private static final String COUNT_ON =
      """
      DO $$
      DECLARE counted record;
      BEGIN
        FOR counted IN SELECT table_name AS t, column_name AS c FROM information_schema.columns
                       WHERE table_schema = 'public' AND is_identity = 'YES'
        LOOP
          EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1)
                          FROM %I', counted.t, counted.c, counted.c, counted.t);
        END LOOP;
      END $$
      """;

  private FirstRelease() {}

  /// Makes a database what it was then.
  ///
  /// @param folder for a copy of the migrations
  static void restore(OwnStack own, String database, Path folder) throws SQLException, IOException {
    String owner = Databases.owner(database);
    try (Connection connection = own.database(database);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE");
      statement.execute("CREATE SCHEMA public AUTHORIZATION " + owner);
      statement.execute("GRANT USAGE ON SCHEMA public TO " + Databases.runner(database));
    }
    Path migrations = Files.createDirectories(folder.resolve(database));
    copyMigrations(OwnStack.root().resolve("platform/service-kit"), "db/kit", migrations);
    copyMigrations(OwnStack.root().resolve(database + "-service"), "db/migration", migrations);
    Flyway.configure()
        .dataSource(own.jdbcUrl(database), "postgres", own.superuserPassword())
        .initSql("SET ROLE " + owner)
        .locations("filesystem:" + migrations)
        .placeholders(Map.of("runner", Databases.runner(database)))
        .load()
        .migrate();
    try (Connection connection = own.database(database);
        Statement statement = connection.createStatement();
        BufferedReader rows = Files.newBufferedReader(ROWS.resolve(database + ".copy"))) {
      // as a dump is restored: the rows are right together, whatever their order
      statement.execute("SET session_replication_role = replica");
      for (String copy = rows.readLine(); copy != null; copy = rows.readLine()) {
        new CopyManager(connection.unwrap(BaseConnection.class)).copyIn(copy, table(rows));
      }
      statement.execute(COUNT_ON);
    }
  }

  private static void copyMigrations(Path module, String location, Path to) throws IOException {
    Path folder = module.resolve("src/main/resources").resolve(location);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (MIGRATIONS.stream().anyMatch(name::startsWith)) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }

  /// The rows up to the line that ends them.
  private static Reader table(BufferedReader rows) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String row = rows.readLine(); !"\\.".equals(row); row = rows.readLine()) {
      text.append(row).append('\n');
    }
    return new StringReader(text.toString());
  }
}
