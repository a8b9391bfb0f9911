package dev.earnest.messaging.domain;

import dev.earnest.kit.security.Secrets;
import dev.earnest.messaging.domain.WebhookClient.Answer;
import dev.earnest.messaging.domain.WebhookLeases.Room;
import dev.earnest.messaging.domain.WebhookLeases.Taken;
import dev.earnest.messaging.domain.WebhookQueue.Delivery;
import dev.earnest.messaging.domain.WebhookQueue.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what is due. One thread takes deliveries from the queue, another writes down what became of
/// them, both many at a time; each attempt has a virtual thread of its own.
///
/// No receiver delays another. Each endpoint has only a few attempts in flight, however many of its
/// deliveries are due; one that failed the last time has one, and all of those together have only
/// their part of the room, so that any number of dead endpoints leaves the rest of it to the living.
/// A process that dies loses nothing: what it held becomes due again when its lease ends, so a
/// delivery is made at least once.
@ApplicationScoped
class WebhookDispatcher {
  private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class);
  private static final int IN_FLIGHT = 2_048;
  private static final int IN_FLIGHT_OF_FAILING = 512;
  private static final int IN_FLIGHT_PER_ENDPOINT = 4;
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
  private static final int BEFORE_THE_CLIENT = 1_000;
  private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(12);

  private final WebhookQueue queue;
  private final WebhookLeases leases;
  private final WebhookNews news;
  private final WebhookClient client;
  private final WebhookRetries retries;
  private final SigningSecrets signingSecrets;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Counter delivered;
  private final Counter failed;
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final Map<Long, Taken> inFlight = new ConcurrentHashMap<>();
  private long lookedAround = System.nanoTime() - LOOK_AROUND.toNanos();
  private final Thread taking = thread("webhook-dispatcher", this::takeOn);
  private final Thread writing = thread("webhook-outcomes", this::writeDown);
  private volatile boolean running = true;

  WebhookDispatcher(
      WebhookQueue queue,
      WebhookLeases leases,
      WebhookNews news,
      WebhookClient client,
      WebhookRetries retries,
      SigningSecrets signingSecrets,
      Secrets secrets,
      InstantSource clock,
      MeterRegistry meters) {
    this.queue = queue;
    this.leases = leases;
    this.news = news;
    this.client = client;
    this.retries = retries;
    this.signingSecrets = signingSecrets;
    this.secrets = secrets;
    this.clock = clock;
    delivered = meters.counter("earnest.webhooks.attempts", "outcome", "delivered");
    failed = meters.counter("earnest.webhooks.attempts", "outcome", "failed");
  }

  void start(@Observes StartupEvent event) {
    taking.start();
    writing.start();
  }

  /// Attempts in flight are finished and written down, before their connections are closed; nothing
  /// new is taken.
  void stop(@Observes @Priority(BEFORE_THE_CLIENT) ShutdownEvent event)
      throws InterruptedException {
    running = false;
    news.wake();
    writing.join(LAST_ATTEMPTS);
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().name(name).daemon().unstarted(work);
  }

  private void takeOn() {
    Set<UUID> told = new HashSet<>();
    while (running) {
      try {
        told.addAll(news.await(LOOK_AROUND));
        take(told);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        troubled(e);
      }
    }
  }

  private void writeDown() {
    List<Outcome> unwritten = new ArrayList<>();
    while (taking.isAlive() || !inFlight.isEmpty()) {
      try {
        @Nullable Outcome first = outcomes.poll(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
        Stream.ofNullable(first).forEach(unwritten::add);
        outcomes.drainTo(unwritten);
        List<UUID> free =
            unwritten.stream().map(one -> one.delivery().endpoint()).distinct().toList();
        settle(unwritten);
        if (!free.isEmpty()) {
          news.tell(free);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        troubled(e);
      }
    }
  }

  private static void troubled(RuntimeException e) {
    LOG.warnf("webhook queue not served, will be tried again: %s", e.toString());
  }

  private void settle(List<Outcome> ended) {
    if (ended.isEmpty()) {
      return;
    }
    try {
      write(ended);
      ended.forEach(outcome -> inFlight.remove(outcome.delivery().position()));
      ended.clear();
    } catch (RuntimeException e) {
      queue.check();
      LOG.infof("a batch of %d outcomes failed and is taken apart: %s", ended.size(), e.toString());
      settleEach(ended);
    }
  }

  /// What cannot be written must not keep the others from it. It is let go, and its delivery is made
  /// again when its lease ends. While nothing can be written, all are kept instead.
  private void settleEach(List<Outcome> ended) {
    for (Iterator<Outcome> rest = ended.iterator(); rest.hasNext(); rest.remove()) {
      Outcome outcome = rest.next();
      try {
        write(List.of(outcome));
      } catch (RuntimeException e) {
        queue.check();
        LOG.errorf(e, "outcome of webhook %s could not be written", outcome.delivery().id());
      }
      inFlight.remove(outcome.delivery().position());
    }
  }

  private void write(List<Outcome> ended) {
    QuarkusTransaction.requiringNew().run(() -> queue.settle(ended));
    long taken = ended.stream().filter(Outcome::delivered).count();
    delivered.increment(taken);
    failed.increment(ended.size() - taken);
  }

  /// Takes what is due for endpoints that something was told of, and now and then for all: retries
  /// become due by the clock, and other processes leave things behind.
  private void take(Set<UUID> told) {
    long now = System.nanoTime();
    if (now - lookedAround >= LOOK_AROUND.toNanos()) {
      told.addAll(leases.due());
      lookedAround = now;
    }
    int room = IN_FLIGHT - inFlight.size();
    if (!running || told.isEmpty() || room <= 0) {
      return;
    }
    List<Taken> taken = QuarkusTransaction.requiringNew().call(() -> take(told, room));
    for (Taken one : taken) {
      inFlight.put(one.delivery().position(), one);
      Thread.ofVirtual().name("webhook").start(() -> attempt(one.delivery()));
    }
    if (taken.size() < room) {
      told.clear();
    }
  }

  private List<Taken> take(Set<UUID> endpoints, int room) {
    Map<UUID, Integer> busy = new HashMap<>();
    int failing = 0;
    for (Taken one : inFlight.values()) {
      busy.merge(one.delivery().endpoint(), 1, Integer::sum);
      failing += one.suspect() ? 1 : 0;
    }
    Room bounds = new Room(room, IN_FLIGHT_PER_ENDPOINT, IN_FLIGHT_OF_FAILING - failing);
    return leases.take(endpoints, bounds, List.copyOf(inFlight.keySet()), busy, LEASE);
  }

  private void attempt(Delivery delivery) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = client.post(delivery.url(), headers(delivery), delivery.body());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      answer = new Answer(null, "interrupted", null);
    } catch (RuntimeException e) {
      LOG.errorf(e, "webhook %s could not be sent", delivery.id());
      answer = new Answer(null, "not sent: " + e.getClass().getSimpleName(), null);
    }
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    outcomes.add(outcome(delivery, at, millis, answer));
  }

  private Outcome outcome(Delivery delivery, Instant at, long millis, Answer answer) {
    Integer status = answer.status();
    boolean gone = Integer.valueOf(410).equals(status);
    boolean overloaded = Integer.valueOf(429).equals(status) || Integer.valueOf(503).equals(status);
    Instant now = clock.instant();
    @Nullable Instant again =
        answer.error() == null || gone
            ? null
            : retries.after(delivery.attempts() + 1, now, answer.retryAfter());
    @Nullable Instant leftAlone = overloaded ? retries.pause(now, answer.retryAfter()) : null;
    return new Outcome(delivery, at, millis, status, answer.error(), again, gone, leftAlone);
  }

  /// The timestamp is what the receiver compares with its own clock, so it is the world's time and
  /// not the service's, which may have been moved in local mode.
  private Map<String, String> headers(Delivery delivery) {
    String id = delivery.id().toString();
    long timestamp = InstantSource.system().instant().getEpochSecond();
    return Map.of(
        "Content-Type",
        "application/json",
        "User-Agent",
        "Earnest-Webhooks/1",
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        WebhookSignature.of(secretsOf(delivery), id, timestamp, delivery.body()));
  }

  private List<String> secretsOf(Delivery delivery) {
    List<String> opened =
        delivery.secrets().stream().map(secrets::open).filter(one -> !one.isEmpty()).toList();
    return opened.isEmpty() ? List.of(signingSecrets.of(delivery.owner())) : opened;
  }
}
