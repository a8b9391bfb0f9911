package dev.earnest.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Processes that outlive the JVM that starts them.
///
/// They get a session of their own, so that neither Ctrl-C nor the end of the terminal reaches them: the stack stops
/// its parts itself, in order.
public final class Detached {
  private static final List<String> NEW_SESSION = newSession();
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Detached() {}

  /// Starts `command`, whose output goes to the end of `log`. The handle's pid is that of the command itself, since
  /// everything in front of it only replaces itself.
  public static ProcessHandle start(
      List<String> command, Map<String, String> environment, Path log) {
    var whole = new ArrayList<>(NEW_SESSION);
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new StackException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /// Sends a signal by name (`INT`, `TERM`, `KILL` …); a process that is already gone is fine.
  public static void signal(ProcessHandle process, String signal) {
    if (isAlive(process)) {
      Commands.run(List.of("kill", "-" + signal, Long.toString(process.pid())), Map.of());
    }
  }

  /// Asks with `signal`, waits for `grace`, then kills.
  public static void stop(ProcessHandle process, String signal, Duration grace) {
    signal(process, signal);
    if (!awaitExit(process, grace)) {
      process.destroyForcibly();
      awaitExit(process, Duration.ofSeconds(5));
    }
  }

  /// Returns as soon as the process has ended, or when the time is up.
  ///
  /// Looks by itself: [ProcessHandle#onExit()] looks every third of a second, and more rarely the longer it takes,
  /// where the process is not this JVM's child.
  ///
  /// @return whether the process has ended
  public static boolean awaitExit(ProcessHandle process, Duration atMost) {
    var giveUp = System.nanoTime() + atMost.toNanos();
    while (isAlive(process)) {
      if (System.nanoTime() - giveUp > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return true;
  }

  /// Whether it still runs. One that has ended but that nobody has taken note of (a zombie, where the first process of
  /// a container does not do its duty) does not.
  public static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException _) {
      // no /proc, as on macOS, or gone in this moment
      return process.isAlive();
    }
  }

  /// macOS has no `setsid` program, but it has a Perl that can do the same.
  private static List<String> newSession() {
    if (Commands.exists("setsid")) {
      return List.of("setsid");
    }
    if (Commands.exists("perl")) {
      return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!");
    }
    return List.of();
  }
}
