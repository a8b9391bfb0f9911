package dev.earnest.kit.event;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries the trace of a request through outbox and Kafka to the last consumer.
final class Traces {
  private static final String TRACEPARENT = "traceparent";

  private Traces() {}

  static @Nullable String currentTraceparent() {
    Map<String, String> carrier = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
    return carrier.get(TRACEPARENT);
  }

  /// The context of the trace that the event belongs to.
  static Context contextOf(Event event) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.current(), event, TraceparentOf.EVENT);
  }

  private enum TraceparentOf implements TextMapGetter<Event> {
    EVENT;

    @Override
    public Iterable<String> keys(Event event) {
      return List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable Event event, String key) {
      return event != null && key.equals(TRACEPARENT) ? event.traceparent() : null;
    }
  }
}
