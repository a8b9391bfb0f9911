package dev.earnest.system.faults;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.process.Detached;
import dev.earnest.local.process.StackException;
import dev.earnest.system.faults.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Does to a stack what a plan says, and undoes it.
final class Injector {
  /// Between two faults of a row, so that there is also work that nothing disturbs.
  private static final long BETWEEN_MILLIS = 1_000;

  private static final long SLOW_MILLIS = 2_000;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int MOST_STARTS = 10;

  private final Stack stack;
  private final Links links;
  private final Repeater repeater;
  private final Map<Kind, Integer> done = new TreeMap<>();
  private int replicas;
  private volatile boolean failed;

  /// @param replicas of each service, as the stack was started with
  Injector(Stack stack, Links links, int replicas) {
    this.replicas = replicas;
    this.stack = stack;
    this.links = links;
    // asked while it runs; it keeps its port
    repeater = new Repeater(stack.port(Plan.KAFKA));
  }

  /// Returns when the time is over and whatever was begun is undone.
  void follow(Plan plan, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService rows = Executors.newFixedThreadPool(2)) {
      List<Future<?>> both = new ArrayList<>();
      both.add(rows.submit(() -> row(plan::nextOfProcesses, end)));
      both.add(rows.submit(() -> row(plan::nextOfLinks, end)));
      for (Future<?> one : both) {
        one.get();
      }
    }
    links.heal();
  }

  /// How often each kind of fault was done.
  Map<Kind, Integer> done() {
    synchronized (done) {
      return Map.copyOf(done);
    }
  }

  private Void row(Supplier<Fault> plan, long end) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() < end && !failed) {
      Fault fault = plan.get();
      long begin = System.nanoTime();
      System.out.printf(Locale.ROOT, "faults: %4d s  %s%n", seconds(start), fault);
      try {
        inflict(fault);
      } catch (RuntimeException e) {
        // the other row ends as well: half a plan is none
        failed = true;
        throw e;
      }
      System.out.printf(
          Locale.ROOT,
          "faults: %4d s  undone %s after %d s%n",
          seconds(start),
          fault,
          seconds(begin));
      synchronized (done) {
        done.merge(fault.kind(), 1, Integer::sum);
      }
      Thread.sleep(BETWEEN_MILLIS);
    }
    return null;
  }

  private static long seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toSeconds();
  }

  private void inflict(Fault fault) throws InterruptedException {
    String target = fault.target();
    switch (fault.kind()) {
      case KILL -> kill(target, fault.amount());
      case PAUSE -> pause(process(target), fault.amount());
      case ROLL -> roll(target, (int) fault.amount());
      case CLOCK -> stack.clock("+" + fault.amount() + "s");
      case CUT -> {
        links.get(target).cut();
        Thread.sleep(fault.amount());
        links.get(target).heal();
      }
      case DELAY -> {
        links.get(target).delay(Duration.ofMillis(fault.amount()));
        Thread.sleep(SLOW_MILLIS);
        links.get(target).heal();
      }
      case DROP -> links.get(target).drop();
      case REPEAT -> repeater.repeat(target, (int) fault.amount());
    }
  }

  private void kill(String part, long millis) throws InterruptedException {
    ProcessHandle process = process(part);
    process.destroyForcibly();
    Detached.awaitExit(process, GRACE);
    Thread.sleep(millis);
    up();
  }

  /// Stands still with all that it has started, as on a machine that swaps.
  private static void pause(ProcessHandle process, long millis) throws InterruptedException {
    List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
    all.forEach(one -> Detached.signal(one, "STOP"));
    Thread.sleep(millis);
    all.forEach(one -> Detached.signal(one, "CONT"));
  }

  private void roll(String service, int wanted) {
    replicas = wanted;
    up();
    for (int number = 1; number <= wanted; number++) {
      Detached.stop(process(Plan.replica(service, number)), "TERM", GRACE);
      up();
    }
  }

  /// What ends because its database is cut off while it starts is started again, as in a cluster.
  private void up() {
    for (int attempt = 1; ; attempt++) {
      try {
        stack.up(UpOptions.defaults().replicas(replicas).by(links), _ -> {});
        return;
      } catch (StackException e) {
        if (attempt == MOST_STARTS) {
          throw e;
        }
        System.out.println("faults: once more: " + e.getMessage());
      }
    }
  }

  private ProcessHandle process(String part) {
    return stack
        .process(part)
        .orElseThrow(() -> new NoSuchElementException(part + " has died by itself"));
  }
}
