package dev.earnest.system;

import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A base backup of a running PostgreSQL and its write-ahead log since then, as docs/operations.md has
/// operators keep them: from both, the databases as they were at any moment in between.
final class DatabaseBackup {
  /// What a copy of a running server's folder must not have.
  private static final List<String> LEFT_OUT = List.of("pg_wal", "postmaster.pid", "pg_replslot");

  private final OwnStack own;
  private final Path folder;

  /// @param folder for backup and log
  DatabaseBackup(OwnStack own, Path folder) {
    this.own = own;
    this.folder = folder;
  }

  /// Keeps the log from now on. The server has to be started again for it.
  void archive() throws SQLException, IOException {
    Files.createDirectories(folder.resolve("log"));
    execute(
        "ALTER SYSTEM SET archive_mode = on",
        "ALTER SYSTEM SET archive_command = 'test ! -f %1$s/%%f && cp %%p %1$s/%%f'"
            .formatted(folder.resolve("log")));
  }

  /// Copies the server's folder while it works.
  void takeBase() throws SQLException, IOException {
    Path data = own.folder().resolve("data/postgres/data");
    Path copy = folder.resolve("postgres/data");
    Files.createDirectories(copy.getParent());
    try (Connection connection = own.database("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('base', true)");
      copy(data, copy);
      try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
        label.next();
        Files.writeString(copy.resolve("backup_label"), label.getString(1));
      }
    }
    Files.createDirectories(copy.resolve("pg_wal"));
    Files.createDirectories(copy.resolve("pg_replslot"));
    Files.copy(
        own.folder().resolve("data/postgres/superuser"), folder.resolve("postgres/superuser"));
  }

  /// Names this moment.
  void mark(String name) throws SQLException {
    execute("SELECT pg_create_restore_point('" + name + "')");
  }

  /// Starts another server with everything as it was at a named moment.
  Postgres restore(String moment) throws SQLException, IOException {
    awaitArchived();
    Path data = folder.resolve("postgres/data");
    Files.createFile(data.resolve("recovery.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        """
        restore_command = 'cp %s/%%f %%p'
        recovery_target_name = '%s'
        recovery_target_action = 'promote'
        """
            .formatted(folder.resolve("log"), moment));
    Postgres postgres = Postgres.start(folder.resolve("postgres"), Ports.free());
    Life.await().until(() -> !isRecovering(postgres));
    return postgres;
  }

  private static boolean isRecovering(Postgres postgres) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /// The piece of the log that is being written is archived when the next one is begun.
  private void awaitArchived() throws SQLException {
    try (Connection connection = own.database("postgres");
        Statement statement = connection.createStatement()) {
      String now;
      try (ResultSet row = statement.executeQuery("SELECT pg_walfile_name(pg_current_wal_lsn())")) {
        row.next();
        now = row.getString(1);
      }
      statement.execute("SELECT pg_switch_wal()");
      Life.await().until(() -> Files.exists(folder.resolve("log").resolve(now)));
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = own.database("postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(path -> !LEFT_OUT.contains(first(from, path)))
          .forEach(path -> copyOne(path, to.resolve(from.relativize(path))));
    }
  }

  private static String first(Path folder, Path path) {
    return folder.relativize(path).getName(0).toString();
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException _) {
      // the server has deleted it meanwhile, and so will the log
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
