package dev.earnest.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long something took, again and again. Nothing counts before it is opened.
final class Latencies {
  private static final int DIGITS = 3;

  private final Histogram micros = new Histogram(DIGITS);
  private boolean open;

  /// The warm-up is over.
  synchronized void open() {
    open = true;
  }

  synchronized void add(long nanos) {
    if (open) {
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
    }
  }

  synchronized long count() {
    return micros.getTotalCount();
  }

  synchronized double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
