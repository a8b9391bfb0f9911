package dev.earnest.kit.event;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.IsolationLevel;

/// How a service's consumers read.
///
/// @param maxPollRecords the most events of a batch
/// @param maxPollInterval who is busy with a batch for longer loses its partitions to others, and
///     the longest that they wait for it when the group shares its partitions anew
record ConsumerSettings(
    String bootstrapServers, String group, int maxPollRecords, Duration maxPollInterval) {

  ConsumerSettings atMost(int records) {
    return new ConsumerSettings(
        bootstrapServers, group, Math.min(records, maxPollRecords), maxPollInterval);
  }

  /// A record wakes the consumer at once, whatever it waits for: the broker answers with one byte.
  ///
  /// Partitions are shared cooperatively: a consumer that is busy with a batch holds up a change of
  /// the group, which has the consumers of all topics in it; the others read on meanwhile.
  Map<String, Object> of(String topic) {
    return Map.ofEntries(
        Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, group),
        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + topic),
        Map.entry(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName()),
        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
        Map.entry(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT)),
        // What a process left behind when it died is taken over within ten seconds, not the usual
        // 45.
        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000),
        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000),
        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords),
        Map.entry(
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            Math.toIntExact(maxPollInterval.toMillis())),
        Map.entry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1),
        Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500));
  }
}
