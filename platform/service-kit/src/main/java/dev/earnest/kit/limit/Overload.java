package dev.earnest.kit.limit;

import dev.earnest.kit.problem.EarlyAnswers;
import dev.earnest.kit.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// A replica takes only so many requests at once: what comes beyond them gets 503 with `Retry-After`
/// at once, instead of a place in a queue that grows until everybody has given up. A stream counts
/// only until it has begun. Health checks and metrics always get through.
@ApplicationScoped
public class Overload {
  /// Behind CORS (300), so that a browser may read the answer, and before all that costs anything.
  private static final int BEFORE_RATE_LIMIT = 260;

  private static final String RETRY_AFTER_SECONDS = "1";

  private final EarlyAnswers answers;
  private final int most;
  private final Counter shed;
  private final AtomicInteger inHand = new AtomicInteger();

  /// @param most requests in hand at once
  public Overload(
      EarlyAnswers answers,
      MeterRegistry metrics,
      @ConfigProperty(name = "earnest.http.max-requests") int most) {
    this.answers = answers;
    this.most = most;
    shed = metrics.counter("earnest.http.shed");
    metrics.gauge("earnest.http.requests.in.hand", inHand);
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_RATE_LIMIT);
  }

  private void check(RoutingContext request) {
    if (Operations.isOne(request)) {
      request.next();
      return;
    }
    if (inHand.incrementAndGet() > most) {
      inHand.decrementAndGet();
      shed.increment();
      request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      answers.refuse(
          request, new Refusal(503, "overloaded", "Too many requests at once; try again soon."));
      return;
    }
    AtomicBoolean counted = new AtomicBoolean(true);
    Runnable done =
        () -> {
          if (counted.getAndSet(false)) {
            inHand.decrementAndGet();
          }
        };
    request.addHeadersEndHandler(_ -> done.run());
    request.addEndHandler(_ -> done.run());
    request.next();
  }
}
