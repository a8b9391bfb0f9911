package dev.earnest.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What was measured of one kind of lifecycle. Every lifecycle that ended within the window counts.
final class Measured {
  /// Microseconds, to three digits.
  private static final int DIGITS = 3;

  private final Duration window;
  private final Map<String, Histogram> steps = new LinkedHashMap<>();

  Measured(Duration window) {
    this.window = window;
  }

  synchronized void add(Map<String, Long> nanos) {
    nanos.forEach((step, took) ->
        steps
            .computeIfAbsent(step, _ -> new Histogram(DIGITS))
            .recordValue(TimeUnit.NANOSECONDS.toMicros(took)));
  }

  synchronized long lifecycles() {
    Histogram whole = steps.get(Stopwatch.WHOLE);
    return whole == null ? 0 : whole.getTotalCount();
  }

  double perSecond() {
    return lifecycles() * 1e9 / window.toNanos();
  }

  /// By step, in the order of the lifecycle.
  synchronized Map<String, Step> steps() {
    Map<String, Step> all = new LinkedHashMap<>();
    steps.forEach((name, times) ->
        all.put(
            name,
            new Step(times.getValueAtPercentile(50) / 1e3, times.getValueAtPercentile(99) / 1e3)));
    return all;
  }

  record Step(double p50Millis, double p99Millis) {}
}
