package dev.earnest.kit.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Answers a body that is announced as too large with a problem document, before anybody reads it.
/// One that is not announced runs into the same limit while it is read. A service may name paths
/// that take larger bodies, up to what it takes at all.
@ApplicationScoped
public class BodyLimit {
  private static final int BEFORE_THE_OTHERS = 1000;

  private final EarlyAnswers answers;
  private final long bytes;
  private final long mostBytes;
  private final Optional<Pattern> largerPaths;

  public BodyLimit(
      EarlyAnswers answers,
      @ConfigProperty(name = "earnest.http.max-body-size") MemorySize bytes,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes,
      @ConfigProperty(name = "earnest.http.larger-bodies-at") Optional<String> largerPaths) {
    this.answers = answers;
    this.bytes = bytes.asLongValue();
    this.mostBytes = mostBytes.asLongValue();
    this.largerPaths = largerPaths.map(Pattern::compile);
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_THE_OTHERS);
  }

  private void check(RoutingContext request) {
    long limit = limit(request.normalizedPath());
    if (announced(request) <= limit) {
      request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
      request.next();
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    answers.refuse(request, new Refusal(413, "too_large", "The body is too large."));
  }

  private long limit(String path) {
    return largerPaths.isPresent() && largerPaths.get().matcher(path).matches() ? mostBytes : bytes;
  }

  private static long announced(RoutingContext request) {
    @Nullable String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }
}
