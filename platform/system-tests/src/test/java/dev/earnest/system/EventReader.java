package dev.earnest.system;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Reads a stream to the end of this reader's life and, as an EventSource does, comes back with the
/// last id when the connection is lost.
public final class EventReader implements AutoCloseable {
  /// What a stream that has ended answers whoever comes back; browsers stay away then, too.
  private static final int NOTHING_MORE = 204;

  private final Marketplace market;
  private final Person person;
  private final String path;
  private final List<ServerEvent> events = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public record ServerEvent(String id, String name, String data) {}

  public EventReader(Marketplace market, Person person, String path) {
    this.market = market;
    this.person = person;
    this.path = path;
    Thread.ofVirtual().start(this::read);
  }

  public List<ServerEvent> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void read() {
    @Nullable String last = null;
    while (!closed) {
      try {
        var stream = market.stream(person, path, last);
        if (stream.statusCode() == NOTHING_MORE) {
          return;
        }
        if (stream.statusCode() == 200) {
          readOnce(stream);
        }
      } catch (IOException | UncheckedIOException _) {
        // lost
      }
      last =
          events.stream()
              .map(ServerEvent::id)
              .filter(id -> !id.isEmpty())
              .reduce((_, later) -> later)
              .orElse(null);
      pause();
    }
  }

  private void readOnce(HttpResponse<InputStream> stream) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String name = "";
      String data = "";
      for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
        if (line.isEmpty() && !data.isEmpty()) {
          events.add(new ServerEvent(id, name, data));
          id = "";
          name = "";
          data = "";
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
