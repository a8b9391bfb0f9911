/// What this service hears on Kafka.
@NullMarked
package dev.earnest.messaging.messaging;

import org.jspecify.annotations.NullMarked;
