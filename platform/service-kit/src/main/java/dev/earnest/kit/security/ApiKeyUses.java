package dev.earnest.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.earnest.kit.event.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// When API keys were last used, to the minute: a key that nobody uses is one to revoke.
@ApplicationScoped
class ApiKeyUses {
  private static final Duration EXACT_TO = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final ApiKeys keys;
  private final Outbox outbox;
  private final InstantSource clock;
  private final String service;
  private final Cache<UUID, Instant> noted = Caffeine.newBuilder().maximumSize(MOST).build();

  ApiKeyUses(
      ApiKeys keys,
      Outbox outbox,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
    this.service = service;
  }

  void note(UUID key) {
    Instant now = clock.instant();
    Instant before = noted.getIfPresent(key);
    if (before != null && now.isBefore(before.plus(EXACT_TO))) {
      return;
    }
    noted.put(key, now);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          if (keys.used(key, now, now.minus(EXACT_TO))) {
            outbox.append(new ApiKeyUsed(key, service, now));
          }
        });
  }
}
