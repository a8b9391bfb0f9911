package dev.earnest.local;

import dev.earnest.local.identity.SigningKeys;
import dev.earnest.local.identity.TokenIssuer;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The local marketplace: PostgreSQL, Kafka, the four services and the gateway, each a process of its own.
///
/// All that is known of it lies in its folder, so any number of commands and tests can look at the same stack; one at
/// a time may change it. What cannot be done is a [StackException] with one clear line.
public final class Stack {
  private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(10);

  private final Path repository;
  private final Home home;
  private final Parts parts;
  private volatile @Nullable Start starting;

  /// @param repository where the services' programs were built
  /// @param folder where the stack keeps its state
  public Stack(Path repository, Path folder) {
    this.repository = repository.toAbsolutePath().normalize();
    this.home = new Home(folder);
    this.parts = new Parts(home);
  }

  /// Starts what does not run and waits until all of it is ready; when that fails, stops again what it started.
  ///
  /// @return false when everything ran already
  public boolean up(UpOptions options, Consumer<String> progress) {
    try (var _ = StackLock.take(home)) {
      var start = new Start(repository, home, parts, options, progress);
      starting = start;
      try {
        return start.run();
      } catch (RuntimeException e) {
        start.undo();
        throw e;
      } finally {
        starting = null;
      }
    }
  }

  /// For the moment when the person gives up waiting: stops what an `up` of this object has started so far.
  void interruptStart() {
    var start = starting;
    if (start != null) {
      start.undo();
    }
  }

  /// Stops everything in order; data stay.
  ///
  /// @return false when nothing ran
  public boolean down() {
    try (var _ = StackLock.take(home)) {
      return stopAll();
    }
  }

  /// Stops everything and deletes all that the stack keeps.
  ///
  /// @return what was deleted
  public List<Path> reset() {
    var deleted = new ArrayList<Path>();
    try (var _ = StackLock.take(home)) {
      stopAll();
      try (var entries = Files.list(home.folder())) {
        for (var entry : entries.sorted().toList()) {
          PrivateFiles.deleteTree(entry);
          deleted.add(entry);
        }
      }
    } catch (IOException e) {
      throw new StackException("cannot delete " + home.folder() + ": " + e.getMessage(), e);
    }
    return deleted;
  }

  private boolean stopAll() {
    var known = parts.known();
    var ran = known.stream().anyMatch(part -> parts.alive(part).isPresent());
    parts.stop(known);
    PrivateFiles.deleteTree(home.backends());
    return ran;
  }

  public List<PartStatus> status() {
    return parts.status();
  }

  /// The process of a part, such as `task-service`, while it lives.
  public Optional<ProcessHandle> process(String part) {
    return parts.alive(part).flatMap(RunFile::process);
  }

  /// Where a part listens, bypassing the gateway for a service.
  public int port(String part) {
    return parts.alive(part).orElseThrow(() -> new StackException(part + " does not run")).port();
  }

  /// The address of the marketplace, without a slash at its end.
  public String url() {
    return "http://localhost:" + port(Parts.GATEWAY);
  }

  public Path log(String part) {
    return home.log(part);
  }

  public String token(TokenRequest request) {
    return new TokenIssuer(SigningKeys.in(home.keys()).privateKey()).issue(request);
  }

  /// Moves the clock of all services (`+24h`, `+90s`, `reset`) and waits until each of them shows it.
  ///
  /// @return how far it is ahead now
  public Duration clock(String step) {
    var offset = ClockOffset.after(ClockOffset.read(home.clock()), step);
    try (var _ = StackLock.take(home)) {
      ClockOffset.write(home.clock(), offset);
      var waits = new ArrayList<Callable<String>>();
      parts.known().stream()
          .filter(part -> !Services.serviceOf(part).isEmpty())
          .filter(part -> parts.alive(part).isPresent())
          .forEach(part -> waits.add(() -> awaitClock(part, offset)));
      Parts.inParallel(waits);
    }
    return offset;
  }

  private String awaitClock(String part, Duration offset) {
    var process = process(part).orElseThrow(() -> new StackException(part + " does not run"));
    var giveUp = System.nanoTime() + CLOCK_PATIENCE.toNanos();
    var wanted = "\"offsetMillis\":" + offset.toMillis();
    while (!Http.get(port(part), "/q/clock").body().replaceAll("\\s", "").contains(wanted + "}")) {
      if (System.nanoTime() > giveUp) {
        throw new StackException(part + " does not follow the clock; see " + home.log(part));
      }
      Detached.awaitExit(process, Duration.ofMillis(50));
    }
    return part;
  }
}
