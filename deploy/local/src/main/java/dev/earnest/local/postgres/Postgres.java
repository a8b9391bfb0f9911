package dev.earnest.local.postgres;

import dev.earnest.local.process.Commands;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Logs;
import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A real PostgreSQL as a process of its own, listening on loopback only.
///
/// Its folder holds `data` (the cluster) and `superuser` (the random password of the role `postgres`, readable by
/// the owner alone).
public final class Postgres implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LEFTOVERS = Duration.ofSeconds(10);
  private static final String IN_RECOVERY = "57P03";

  private final Settings settings;
  private final ProcessHandle process;

  private Postgres(Settings settings, ProcessHandle process) {
    this.settings = settings;
    this.process = process;
  }

  /// `durable` false gives up what a crash of the machine would lose: for tests only.
  public record Settings(Path home, int port, Path log, boolean durable) {
    private Path data() {
      return home.resolve("data");
    }

    private Path passwordFile() {
      return home.resolve("superuser");
    }
  }

  /// Starts a durable server and waits until it answers.
  public static Postgres start(Path home, int port) {
    var postgres = launch(new Settings(home, port, home.resolve("postgres.log"), true));
    postgres.awaitReady();
    return postgres;
  }

  /// Starts the process, making the cluster first where there is none, and returns without waiting for it.
  public static Postgres launch(Settings settings) {
    var binaries = PostgresBinaries.folder();
    if (!Files.exists(settings.data())) {
      initialise(binaries, settings);
    }
    return new Postgres(settings, launch(binaries, settings));
  }

  /// After a kill, processes of the server may live a moment longer than their head, and a new one refuses to start
  /// beside them.
  private static ProcessHandle launch(Path binaries, Settings settings) {
    var recovers = removeLockOfTheDead(settings.data());
    var giveUp = System.nanoTime() + LEFTOVERS.toNanos();
    while (true) {
      var process = Detached.start(command(binaries, settings), Map.of(), settings.log());
      if (!recovers
          || !Detached.awaitExit(process, Duration.ofMillis(500))
          || System.nanoTime() - giveUp > 0
          || !Logs.tail(settings.log()).contains("pre-existing shared memory block")) {
        return process;
      }
    }
  }

  /// The same server as seen by another JVM than the one that started it.
  public static Postgres attach(Settings settings, ProcessHandle process) {
    return new Postgres(settings, process);
  }

  public ProcessHandle process() {
    return process;
  }

  public int port() {
    return settings.port();
  }

  public String jdbcUrl(String database) {
    return jdbcUrl(settings.port(), database);
  }

  public static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public Connection connectAsSuperuser(String database) throws SQLException {
    var password = PrivateFiles.read(settings.passwordFile()).strip();
    return DriverManager.getConnection(jdbcUrl(database), "postgres", password);
  }

  public void awaitReady() {
    var giveUp = System.nanoTime() + START.toNanos();
    while (true) {
      try (var _ = connectAsSuperuser("postgres")) {
        return;
      } catch (SQLException e) {
        if (!Detached.isAlive(process)) {
          throw new StackException("PostgreSQL did not start: " + Logs.reason(settings.log()), e);
        }
        var worthWaiting =
            e.getSQLState() == null
                || e.getSQLState().startsWith("08")
                || e.getSQLState().equals(IN_RECOVERY);
        if (!worthWaiting || System.nanoTime() > giveUp) {
          throw new StackException("PostgreSQL does not answer: " + e.getMessage(), e);
        }
      }
      Detached.awaitExit(process, Duration.ofMillis(50));
    }
  }

  /// A fast shutdown: sessions are ended, everything is written.
  public void stop() {
    Detached.stop(process, "INT", Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    stop();
  }

  /// The cluster appears under its name only when it is whole, so that a kill during `initdb` leaves nothing half made.
  private static void initialise(Path binaries, Settings settings) {
    var fresh = settings.home().resolve("data.new");
    PrivateFiles.deleteTree(fresh);
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    PrivateFiles.write(settings.passwordFile(), HexFormat.of().formatHex(bytes));
    var command = asOrdinaryUser();
    command.addAll(
        List.of(
            binaries.resolve("bin/initdb").toString(),
            "--pgdata=" + fresh,
            "--username=postgres",
            "--pwfile=" + settings.passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums"));
    if (!settings.durable()) {
      command.add("--no-sync");
    }
    var result = Commands.run(command, Map.of("TZ", "UTC"));
    try {
      Files.createDirectories(settings.log().toAbsolutePath().getParent());
      Files.writeString(settings.log(), result.output());
      if (result.exitCode() != 0) {
        throw new StackException("PostgreSQL's initdb failed: " + Logs.reason(settings.log()));
      }
      Files.move(fresh, settings.data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StackException(
          "cannot make the database folder " + settings.data() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> command(Path binaries, Settings settings) {
    var command = asOrdinaryUser();
    command.addAll(
        List.of(binaries.resolve("bin/postgres").toString(), "-D", settings.data().toString()));
    var options =
        new ArrayList<>(
            List.of(
                "port=" + settings.port(),
                "listen_addresses=127.0.0.1",
                // a folder name may be longer than a socket's address may be; TCP is all that
                // anybody uses
                "unix_socket_directories=",
                // four replicas of each service, each with a full pool
                "max_connections=400",
                "shared_buffers=128MB",
                "max_wal_size=1GB",
                "wal_compression=on",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC"));
    if (!settings.durable()) {
      options.addAll(List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off"));
    }
    options.forEach(option -> command.addAll(List.of("-c", option)));
    return command;
  }

  /// PostgreSQL refuses to run as root. In a user namespace of its own it is not root, while its files stay ours.
  private static List<String> asOrdinaryUser() {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root") && Commands.exists("unshare")) {
      command.addAll(List.of("unshare", "--user"));
    }
    return command;
  }

  /// After a kill, the pid in the lock file may belong to a stranger by now, and PostgreSQL would refuse to start.
  ///
  /// @return whether the server was killed
  private static boolean removeLockOfTheDead(Path data) {
    var lock = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(lock)) {
        return false;
      }
      var pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
      var holder =
          ProcessHandle.of(pid)
              .filter(Detached::isAlive)
              .flatMap(process -> process.info().command());
      if (!holder.orElse("").endsWith("/postgres")) {
        forgetPid(lock);
      }
      return true;
    } catch (IOException | NumberFormatException e) {
      throw new StackException("cannot read " + lock + ": " + e.getMessage(), e);
    }
  }

  /// Replaces the pid by one that nobody has. The rest of the file stays: by it a new server knows whether processes of
  /// the old one are still there.
  private static void forgetPid(Path lock) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(lock));
    lines.set(0, Integer.toString(Integer.MAX_VALUE));
    Files.write(lock, lines);
  }
}
