package dev.earnest.messaging;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What an exporter of traces would get.
@ApplicationScoped
public class SeenSpans implements SpanProcessor {
  private final List<String> spans = new CopyOnWriteArrayList<>();

  public List<String> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    spans.add(span.getName() + " " + span.toSpanData().getAttributes());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
