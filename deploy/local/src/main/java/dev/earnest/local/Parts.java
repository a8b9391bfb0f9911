package dev.earnest.local;

import dev.earnest.local.PartStatus.State;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The parts of a stack as their run files show them, and how they are stopped.
final class Parts {
  static final String POSTGRES = "postgres";
  static final String KAFKA = "kafka";
  static final String GATEWAY = "gateway";

  private static final Duration GRACE = Duration.ofSeconds(25);

  private final Home home;

  Parts(Home home) {
    this.home = home;
  }

  /// All that must be or was once there, replicas included.
  List<String> names() {
    var names = new LinkedHashSet<>(List.of(POSTGRES, KAFKA));
    for (var service : Services.ALL) {
      names.add(service);
      names.addAll(
          known().stream()
              .filter(part -> Services.serviceOf(part).equals(service))
              .sorted()
              .toList());
    }
    names.add(GATEWAY);
    return List.copyOf(names);
  }

  /// Those with a run file.
  List<String> known() {
    if (!Files.isDirectory(home.run())) {
      return List.of();
    }
    try (var files = Files.list(home.run())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pid") && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - ".pid".length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<RunFile> runFile(String part) {
    return RunFile.read(home.runFile(part));
  }

  Optional<RunFile> alive(String part) {
    return runFile(part).filter(file -> file.process().isPresent());
  }

  List<PartStatus> status() {
    return inParallel(
        names().stream().<Callable<PartStatus>>map(name -> () -> status(name)).toList());
  }

  PartStatus status(String part) {
    var file = runFile(part);
    if (file.isEmpty()) {
      return new PartStatus(part, 0, 0, State.STOPPED);
    }
    if (file.get().process().isEmpty()) {
      return new PartStatus(part, 0, 0, State.DEAD);
    }
    var port = file.get().port();
    return new PartStatus(
        part, file.get().pid(), port, answers(part, port) ? State.RUNNING : State.STARTING);
  }

  private static boolean answers(String part, int port) {
    return switch (part) {
      case POSTGRES, KAFKA -> !Ports.isFree(port);
      // a gateway whose services are down still works
      case GATEWAY -> Http.get(port, "/q/health/ready").status() != 0;
      default -> Http.isReady(port);
    };
  }

  /// Stops these parts in their order: nobody loses what it still leans on.
  void stop(List<String> parts) {
    stopAll(parts.stream().filter(GATEWAY::equals).toList());
    stopAll(parts.stream().filter(part -> !Services.serviceOf(part).isEmpty()).toList());
    stopAll(parts.stream().filter(KAFKA::equals).toList());
    stopAll(parts.stream().filter(POSTGRES::equals).toList());
  }

  private void stopAll(List<String> parts) {
    var stops = new ArrayList<Callable<String>>();
    for (var part : parts) {
      stops.add(() -> {
        alive(part)
            .flatMap(RunFile::process)
            .ifPresent(
                process -> Detached.stop(process, part.equals(POSTGRES) ? "INT" : "TERM", GRACE));
        Files.deleteIfExists(home.runFile(part));
        return part;
      });
    }
    inParallel(stops);
  }

  /// Runs all to their end and then throws the first failure, if there was one.
  static <T> List<T> inParallel(List<Callable<T>> tasks) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var future : threads.invokeAll(tasks)) {
        results.add(result(future));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
