package dev.earnest.kit.event;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How far a consumer has handled its partitions, as far as the broker does not know it yet.
///
/// Partitions come and go only while the consumer polls, and it polls only when it has handled all
/// it has: what is committed is never ahead of what was handled. A commit that fails costs a
/// redelivery, which the inbox makes harmless; it is not worth more than a line in the log.
final class HandledOffsets implements ConsumerRebalanceListener {
  private static final Logger LOG = Logger.getLogger(HandledOffsets.class);

  /// A commit is a write to the broker's disk: many small batches share one.
  private static final Duration COMMIT_EVERY = Duration.ofMillis(250);

  private static final Duration LAST_COMMIT = Duration.ofSeconds(2);

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private boolean committing;
  private long lastCommit = System.nanoTime();
  private volatile boolean member;

  HandledOffsets(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /// Whether the group has given the consumer its share, which may be none.
  boolean isMember() {
    return member;
  }

  /// How long the consumer may poll before a commit is due.
  Duration patience(Duration atMost) {
    return uncommitted.isEmpty() ? atMost : COMMIT_EVERY;
  }

  void add(ConsumerRecords<?, ?> records) {
    uncommitted.putAll(records.nextOffsets());
    if (!uncommitted.isEmpty()
        && !committing
        && System.nanoTime() - lastCommit >= COMMIT_EVERY.toNanos()) {
      commit();
    }
  }

  private void commit() {
    committing = true;
    lastCommit = System.nanoTime();
    consumer.commitAsync(Map.copyOf(uncommitted), this::committed);
  }

  private void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    committing = false;
    if (failure == null) {
      uncommitted.entrySet().removeAll(offsets.entrySet());
    } else {
      LOG.infof("offsets not committed, will be tried again: %s", failure.toString());
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    member = true;
  }

  /// Also called when the consumer is closed.
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(uncommitted);
    last.keySet().retainAll(partitions);
    if (last.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(last, LAST_COMMIT);
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.infof("offsets not committed, %s will be read again: %s", last.keySet(), e.toString());
    }
    uncommitted.keySet().removeAll(partitions);
  }

  /// The group has gone on without this consumer, and others may be further already; or the consumer
  /// is closed while the group shares its partitions anew, when Kafka takes no commits.
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    member = false;
    LOG.infof("lost %s; what is not committed of %s will be read again", partitions, uncommitted);
    uncommitted.keySet().removeAll(partitions);
  }
}
