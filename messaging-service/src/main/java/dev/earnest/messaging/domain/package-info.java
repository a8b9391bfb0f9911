/// What this service knows and decides: timelines, streams, webhooks. It knows neither HTTP resources nor Kafka.
@NullMarked
package dev.earnest.messaging.domain;

import org.jspecify.annotations.NullMarked;
