package dev.earnest.local.gateway;

import dev.earnest.local.process.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Where the replicas of each service listen (on loopback), and which of them did not answer just now.
///
/// The file has a line a service: `task-service=8081,8085`. It changes when a part of the stack is started again, so
/// it is read again now and then.
public final class Backends {
  private static final long DEAD_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final Map<Integer, Long> deadSince = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Map<String, List<Integer>> ports = Map.of();

  Backends(Path file) {
    this.file = file;
    reread();
  }

  void reread() {
    ports = parse(PrivateFiles.read(file));
  }

  public static void write(Path file, Map<String, List<Integer>> ports) {
    var text = new StringBuilder();
    ports.forEach((service, list) ->
        text.append(service)
            .append('=')
            .append(list.stream().map(String::valueOf).collect(Collectors.joining(",")))
            .append('\n'));
    PrivateFiles.write(file, text.toString());
  }

  /// All replicas in the order to try: round robin, those that did not answer within the last second at the end.
  List<Integer> candidates(String service) {
    var all = ports.getOrDefault(service, List.of());
    if (all.size() < 2) {
      return all;
    }
    var first = Math.floorMod(turn.getAndIncrement(), all.size());
    var rotated = new ArrayList<>(all.subList(first, all.size()));
    rotated.addAll(all.subList(0, first));
    rotated.sort(Comparator.comparing(this::isDead));
    return rotated;
  }

  void dead(int port) {
    deadSince.put(port, System.nanoTime());
  }

  void alive(int port) {
    deadSince.remove(port);
  }

  private boolean isDead(int port) {
    var since = deadSince.get(port);
    return since != null && System.nanoTime() - since < DEAD_FOR_NANOS;
  }

  private static Map<String, List<Integer>> parse(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var result = new HashMap<String, List<Integer>>();
    for (var service : properties.stringPropertyNames()) {
      var list = properties.getProperty(service, "");
      result.put(
          service,
          Arrays.stream(list.split(",", -1))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .map(Integer::valueOf)
              .toList());
    }
    return Map.copyOf(result);
  }
}
