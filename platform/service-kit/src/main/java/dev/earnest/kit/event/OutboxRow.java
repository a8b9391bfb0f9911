package dev.earnest.kit.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event on its way to Kafka.
record OutboxRow(
    UUID id,
    String topic,
    String key,
    String type,
    String subject,
    Instant occurredAt,
    @Nullable String traceparent,
    byte[] data) {}
