package dev.earnest.kit.time;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The one clock of a service, to the millisecond. In local mode a file holds an offset in
/// milliseconds, so that windows and deadlines can be tried without waiting for them; `GET /q/clock`
/// shows the offset in use.
@Startup
@ApplicationScoped
public class ServiceClock implements InstantSource {
  private static final long REREAD_MILLIS = 200;

  private final Optional<Path> file;
  private final Vertx vertx;
  private volatile Duration offset = Duration.ZERO;

  public ServiceClock(
      Vertx vertx,
      @ConfigProperty(name = "earnest.local") boolean local,
      @ConfigProperty(name = "earnest.clock-file") Optional<Path> file) {
    this.vertx = vertx;
    this.file = local ? file : Optional.empty();
    this.file.ifPresent(this::follow);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  void routes(@Observes Router router) {
    if (file.isPresent()) {
      router
          .get("/q/clock")
          .handler(request ->
              request.json(
                  new io.vertx.core.json.JsonObject().put("offsetMillis", offset.toMillis())));
    }
  }

  private void follow(Path path) {
    reread(path);
    vertx.setPeriodic(REREAD_MILLIS, _ -> reread(path));
  }

  private void reread(Path path) {
    try {
      String text = Files.readString(path).strip();
      if (!text.isEmpty()) {
        offset = Duration.ofMillis(Long.parseLong(text));
      }
    } catch (NoSuchFileException _) {
      offset = Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
