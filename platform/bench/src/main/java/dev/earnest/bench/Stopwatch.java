package dev.earnest.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// Times the steps of one lifecycle, one after the other.
final class Stopwatch {
  static final String WHOLE = "whole";

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long last = start;

  /// A step ends here; the next one begins.
  void lap(String step) {
    long now = System.nanoTime();
    nanos.merge(step, now - last, Long::sum);
    last = now;
  }

  Map<String, Long> stop() {
    nanos.put(WHOLE, System.nanoTime() - start);
    return nanos;
  }
}
