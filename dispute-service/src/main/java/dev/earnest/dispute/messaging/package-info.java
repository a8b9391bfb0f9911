/// What dispute-service hears on Kafka.
@NullMarked
package dev.earnest.dispute.messaging;

import org.jspecify.annotations.NullMarked;
