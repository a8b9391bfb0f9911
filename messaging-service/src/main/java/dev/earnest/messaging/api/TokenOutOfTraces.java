package dev.earnest.messaging.api;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// A token in a query must not reach an exported trace, where the query is an attribute.
@ApplicationScoped
class TokenOutOfTraces implements SpanProcessor {
  private static final List<AttributeKey<String>> WITH_QUERY =
      List.of(
          AttributeKey.stringKey("url.query"),
          AttributeKey.stringKey("url.full"),
          AttributeKey.stringKey("http.target"));

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    for (AttributeKey<String> key : WITH_QUERY) {
      String value = span.getAttribute(key);
      if (value != null && value.contains("token=")) {
        span.setAttribute(key, value.replaceAll("token=[^&]*", "token=***"));
      }
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
