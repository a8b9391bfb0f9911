package dev.earnest.kit.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earnest.kit.limit.TokenBucket.Level;
import dev.earnest.kit.problem.EarlyAnswers;
import dev.earnest.kit.problem.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Each token has a bucket of requests, and each address one of wrong tokens: who has run out gets
/// 429 with `Retry-After` before anything is done for it. Every answer to a token says in
/// `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) where its bucket stands.
/// A token that was good lately is not kept out by what others try from its address. Health checks
/// and metrics are not counted. The buckets are each replica's own, and most of them are forgotten.
@ApplicationScoped
public class RateLimit {
  /// Behind CORS (300), so that a browser may read the answer, and before authentication (200).
  private static final int BEFORE_AUTHENTICATION = 250;

  private static final int MOST = 100_000;
  private static final Duration FORGET = Duration.ofMinutes(10);
  private static final double SECONDS_A_MINUTE = 60;

  private final EarlyAnswers answers;
  private final double perSecond;
  private final int burst;
  private final double badPerMinute;
  private final Cache<UUID, Bearer> bearers = cache();
  private final Cache<String, TokenBucket> strangers = cache();

  /// @param perSecond requests of a token; 0 is as many as it likes
  /// @param burst at once
  /// @param badPerMinute wrong tokens from an address; 0 is as many as it likes
  public RateLimit(
      EarlyAnswers answers,
      @ConfigProperty(name = "earnest.rate-limit.per-second") double perSecond,
      @ConfigProperty(name = "earnest.rate-limit.burst") int burst,
      @ConfigProperty(name = "earnest.rate-limit.bad-tokens-per-minute") double badPerMinute) {
    this.answers = answers;
    this.perSecond = perSecond;
    this.burst = burst;
    this.badPerMinute = badPerMinute;
  }

  /// @param bucket null where requests are not counted
  private static final class Bearer {
    private final @Nullable TokenBucket bucket;
    private volatile boolean good;

    Bearer(@Nullable TokenBucket bucket) {
      this.bucket = bucket;
    }
  }

  void register(@Observes Filters filters) {
    if (perSecond > 0 || badPerMinute > 0) {
      filters.register(this::check, BEFORE_AUTHENTICATION);
    }
  }

  private void check(RoutingContext request) {
    if (Operations.isOne(request)) {
      request.next();
      return;
    }
    Bearer bearer = bearers.get(identity(request), _ -> new Bearer(bucket()));
    if (badPerMinute > 0 && isKeptOut(request, bearer)) {
      return;
    }
    TokenBucket bucket = bearer.bucket;
    if (bucket != null) {
      Level level = bucket.take(System.nanoTime());
      tell(request.response(), level);
      if (!level.taken()) {
        refuse(request, level, "Too many requests with this token.");
        return;
      }
    }
    request.next();
  }

  private @Nullable TokenBucket bucket() {
    return perSecond > 0 ? new TokenBucket(perSecond, burst, System.nanoTime()) : null;
  }

  private boolean isKeptOut(RoutingContext request, Bearer bearer) {
    String address = request.request().remoteAddress().hostAddress();
    TokenBucket wrong = strangers.getIfPresent(Objects.requireNonNullElse(address, ""));
    if (wrong != null && !bearer.good) {
      Level level = wrong.look(System.nanoTime());
      if (!level.taken()) {
        refuse(request, level, "Too many requests without a valid token from this address.");
        return true;
      }
    }
    request.addHeadersEndHandler(_ -> learn(request, bearer, address));
    return false;
  }

  private void learn(RoutingContext request, Bearer bearer, @Nullable String address) {
    if (request.response().getStatusCode() != 401) {
      bearer.good = true;
    } else {
      bearer.good = false;
      strangers
          .get(
              Objects.requireNonNullElse(address, ""),
              _ ->
                  new TokenBucket(
                      badPerMinute / SECONDS_A_MINUTE, (int) badPerMinute, System.nanoTime()))
          .take(System.nanoTime());
    }
  }

  /// Without a token, whoever has none at that address.
  private static UUID identity(RoutingContext request) {
    HttpServerRequest http = request.request();
    @Nullable String token = http.getHeader(HttpHeaders.AUTHORIZATION);
    if (token == null) {
      token = http.getHeader("x-api-key");
    }
    if (token == null) {
      token = request.queryParams().get("token");
    }
    return hash(token == null ? "none " + http.remoteAddress().hostAddress() : token);
  }

  private static UUID hash(String token) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }

  private void tell(HttpServerResponse response, Level level) {
    response
        .putHeader("RateLimit-Limit", Integer.toString(burst))
        .putHeader("RateLimit-Remaining", Integer.toString(level.remaining()))
        .putHeader("RateLimit-Reset", seconds(level.full()));
  }

  private void refuse(RoutingContext request, Level level, String why) {
    request.response().putHeader(HttpHeaders.RETRY_AFTER, seconds(level.next()));
    answers.refuse(request, new Refusal(429, "too_many_requests", why));
  }

  /// Rounded up: who comes back then is not too early.
  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.plusNanos(999_999_999).toSeconds()));
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(FORGET).build();
  }
}
