package dev.earnest.kit.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads one topic, on one thread: what comes is handled before more is asked for.
///
/// **A batch that takes too long** (a database that is away) costs the consumer its partitions. It
/// finishes the batch while others may already be at the same events, and begins again where the
/// group is. That is as good as reading alone: two transactions with the same event wait for each
/// other at its row in the inbox, and each consumer is done with an event before it takes the next,
/// so an event that has had its effect had all of its key before it have theirs.
final class TopicConsumer {
  private static final Logger LOG = Logger.getLogger(TopicConsumer.class);
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ConsumerSettings settings;
  private final TopicHandler handler;
  private final Inbox inbox;
  private final MeterRegistry meters;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Membership current;
  private volatile @Nullable Throwable failure;
  private Duration pause = FIRST_PAUSE;

  private record Membership(KafkaConsumer<String, byte[]> consumer, HandledOffsets offsets) {}

  TopicConsumer(
      ConsumerSettings settings, TopicHandler handler, Inbox inbox, MeterRegistry meters) {
    this.settings = settings;
    this.handler = handler;
    this.inbox = inbox;
    this.meters = meters;
    this.thread =
        Thread.ofPlatform().name("consumer-" + handler.topic()).daemon().unstarted(this::run);
  }

  String topic() {
    return handler.topic();
  }

  void start() {
    thread.start();
  }

  /// Asks it to end after the batch in hand; [#awaitEnd] waits for that.
  void stop() {
    stopping.countDown();
    Membership membership = current;
    if (membership != null) {
      membership.consumer.wakeup();
    }
  }

  /// A batch that is not done by then is given up: it is rolled back and comes again.
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      LOG.warnf("%s: the batch in hand is given up; it will come again", topic());
      thread.interrupt();
      thread.join(CLOSE);
    }
  }

  /// Why nothing can be heard; empty when all is well.
  Optional<String> trouble() {
    Throwable error = failure;
    if (error != null) {
      return Optional.of(error.toString());
    }
    Membership membership = current;
    if (membership == null || !membership.offsets.isMember()) {
      return Optional.of("not in the consumer group yet");
    }
    return connections(membership.consumer) > 0
        ? Optional.empty()
        : Optional.of("no connection to a broker");
  }

  private static double connections(KafkaConsumer<?, ?> consumer) {
    return consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("connection-count"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void run() {
    while (!isStopping()) {
      try {
        read();
      } catch (RuntimeException | Error e) {
        if (!isStopping()) {
          failure = e;
          LOG.errorf(e, "%s cannot be read, will be tried again in %s", topic(), pause);
          pauseAfterFailure();
        }
      }
    }
  }

  /// Reads until it is stopped or fails. After a failure nothing of what this consumer had is
  /// trusted: the next begins with what is committed.
  private void read() {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            settings.of(topic()), new StringDeserializer(), new ByteArrayDeserializer());
    try (KafkaClientMetrics metrics = new KafkaClientMetrics(consumer)) {
      metrics.bindTo(meters);
      HandledOffsets offsets = new HandledOffsets(consumer);
      current = new Membership(consumer, offsets);
      consumer.subscribe(List.of(topic()), offsets);
      while (!isStopping()) {
        var records = consumer.poll(offsets.patience(POLL));
        inbox.receive(records, handler);
        offsets.add(records);
        failure = null;
        pause = FIRST_PAUSE;
      }
    } catch (WakeupException _) {
      // It is to stop.
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void pauseAfterFailure() {
    try {
      boolean _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // Only stop interrupts, and the loop looks.
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
