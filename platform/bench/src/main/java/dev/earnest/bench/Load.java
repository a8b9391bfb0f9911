package dev.earnest.bench;

import dev.earnest.local.process.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lets people live lifecycles at once, for as long as the options say. What is under way at the end
/// is still lived to its end, and must end well.
final class Load {
  private final Options options;

  Load(Options options) {
    this.options = options;
  }

  /// @throws StackException when a lifecycle did not end as it should
  Measured run(List<? extends Person> people) {
    Measured measured = new Measured(options.measured());
    long from = System.nanoTime() + options.warmUp().toNanos();
    long until = from + options.measured().toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(people.size())) {
      List<Future<?>> lives = new ArrayList<>();
      for (Person person : people) {
        lives.add(
            threads.submit(() -> {
              live(person, measured, from, until);
              return person;
            }));
      }
      for (Future<?> life : lives) {
        life.get();
      }
    } catch (ExecutionException e) {
      throw new StackException("a lifecycle failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
    return measured;
  }

  private static void live(Person person, Measured measured, long from, long until)
      throws Exception {
    while (System.nanoTime() - until < 0) {
      Stopwatch watch = new Stopwatch();
      person.live(watch);
      var nanos = watch.stop();
      long now = System.nanoTime();
      if (now - from >= 0 && now - until < 0) {
        measured.add(nanos);
      }
    }
  }
}
