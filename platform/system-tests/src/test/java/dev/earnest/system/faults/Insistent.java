package dev.earnest.system.faults;

import dev.earnest.local.client.Marketplace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client as it should be: what got no answer, or was put off, it sends again with the same
/// Idempotency-Key until it is answered.
final class Insistent extends Marketplace {
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger putOff = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Collection<String> broken = new ConcurrentLinkedQueue<>();

  Insistent(String url, Function<Person, String> tokens) {
    super(url, tokens);
  }

  @Override
  public Answer send(Person person, String method, String path, @Nullable String body) {
    @Nullable String key = method.equals("GET") ? null : UUID.randomUUID().toString();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      sent.incrementAndGet();
      try {
        Answer answer = send(person, method, path, body, key);
        if (answer.status() == 500) {
          broken.add(method + " " + path + ": " + answer);
        } else if (!isForLater(answer)) {
          if (key != null && answer.status() / 100 == 2) {
            accepted.incrementAndGet();
          }
          return answer;
        }
        putOff.incrementAndGet();
      } catch (UncheckedIOException e) {
        unanswered.incrementAndGet();
        if (System.nanoTime() > giveUp) {
          throw e;
        }
      }
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(method + " " + path + " is not answered in " + PATIENCE);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Requests, with all that were sent again.
  int sent() {
    return sent.get();
  }

  int unanswered() {
    return unanswered.get();
  }

  int putOff() {
    return putOff.get();
  }

  /// Changes that were answered 2xx.
  int accepted() {
    return accepted.get();
  }

  /// The answers with 500, which nobody should ever get.
  Collection<String> broken() {
    return broken;
  }

  private static boolean isForLater(Answer answer) {
    return LATER.contains(answer.status())
        || answer.status() == 409 && answer.text("/code").equals("idempotency_key_in_use");
  }
}
