package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.postgres.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A stack in a folder and on ports of its own: four services, PostgreSQL, Kafka and the gateway as
/// processes of their own. All of it is gone when it is closed, or when this JVM ends.
public final class OwnStack implements AutoCloseable {
  public static final List<String> SERVICES =
      List.of("task-service", "escrow-service", "dispute-service", "messaging-service");

  private final Path folder;
  private final Stack stack;
  private final Thread reset;

  /// Starts it and returns when all of it is ready.
  public OwnStack(UpOptions options) {
    folder = temporaryFolder();
    stack = new Stack(root(), folder);
    reset = new Thread(stack::reset);
    Runtime.getRuntime().addShutdownHook(reset);
    stack.up(options.port(0), System.out::println);
  }

  public static Path root() {
    return Path.of(System.getProperty("earnest.root"));
  }

  public Stack stack() {
    return stack;
  }

  public Path folder() {
    return folder;
  }

  public Marketplace market() {
    return new Marketplace(stack.url(), this::token);
  }

  public String token(Marketplace.Person person) {
    return stack.token(TokenRequest.of(person.account(), person.roles()));
  }

  /// A service's database, as its administrator.
  public Connection database(String name) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(name), "postgres", superuserPassword());
  }

  /// The first column of a query's first row.
  public String text(String database, String query) throws SQLException {
    try (Connection connection = database(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).as(query).isTrue();
      return row.getString(1);
    }
  }

  String jdbcUrl(String database) {
    return Postgres.jdbcUrl(stack.port("postgres"), database);
  }

  String superuserPassword() {
    try {
      return Files.readString(folder.resolve("data/postgres/superuser")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Copies what the parts have written to their logs, for whoever wants to know why.
  public void keepLogs(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
      for (Path log : logs.toList()) {
        Files.copy(log, to.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() {
    stack.reset();
    Runtime.getRuntime().removeShutdownHook(reset);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("earnest-system-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
