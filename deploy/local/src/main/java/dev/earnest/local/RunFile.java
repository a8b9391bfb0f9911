package dev.earnest.local;

import dev.earnest.local.process.Detached;
import dev.earnest.local.process.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/// What is known of a process that an earlier command started.
///
/// The start time goes with the pid: after a restart of the machine, the pid alone may be a stranger's.
///
/// @param otherPort a second port that the part listens on; 0 for none
public record RunFile(long pid, long startedMillis, int port, int otherPort) {
  /// The system computes start times from its boot time, which clock corrections move a little.
  private static final long TOLERANCE_MILLIS = 3_000;

  static RunFile of(ProcessHandle process, int port, int otherPort) {
    return new RunFile(process.pid(), startedMillis(process), port, otherPort);
  }

  static Optional<RunFile> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var values = new Properties();
    try {
      values.load(new StringReader(PrivateFiles.read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new RunFile(
            number(values, "pid"),
            number(values, "started"),
            (int) number(values, "port"),
            (int) number(values, "otherPort")));
  }

  void write(Path file) {
    PrivateFiles.write(
        file,
        "pid=%d\nstarted=%d\nport=%d\notherPort=%d\n"
            .formatted(pid, startedMillis, port, otherPort));
  }

  /// The process, while it lives and is still the one that was started.
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(Detached::isAlive)
        .filter(process -> Math.abs(startedMillis(process) - startedMillis) <= TOLERANCE_MILLIS);
  }

  private static long startedMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static long number(Properties values, String name) {
    return Long.parseLong(values.getProperty(name, "0"));
  }
}
