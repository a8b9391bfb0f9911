package dev.earnest.kit.probe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps requests in hand for as long as a test likes.
@ApplicationScoped
public class Gate {
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile CountDownLatch closed = new CountDownLatch(1);

  void pass() throws InterruptedException {
    CountDownLatch gate = closed;
    waiting.incrementAndGet();
    try {
      gate.await();
    } finally {
      waiting.decrementAndGet();
    }
  }

  public int waiting() {
    return waiting.get();
  }

  /// Lets everybody through who waits; who comes later waits again.
  public void open() {
    CountDownLatch gate = closed;
    closed = new CountDownLatch(1);
    gate.countDown();
  }
}
