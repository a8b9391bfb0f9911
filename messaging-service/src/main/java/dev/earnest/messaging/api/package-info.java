/// Timelines, streams and webhooks over HTTP.
@NullMarked
package dev.earnest.messaging.api;

import org.jspecify.annotations.NullMarked;
