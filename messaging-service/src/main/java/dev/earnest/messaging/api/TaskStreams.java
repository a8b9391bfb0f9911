package dev.earnest.messaging.api;

import dev.earnest.messaging.domain.StreamFeed;
import dev.earnest.messaging.domain.StreamFeed.Page;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.StreamFeed.StreamEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The open streams of this process. One thread reads what is new for all of them, in one query
/// however many there are, and hands it to the network, which never waits for a reader.
///
/// It is woken by commits in this process; for those of other replicas it looks four times a second.
/// What a stream is sent depends on nothing but the position that its reader has reached, so a wake
/// too many sends nothing twice, and one too few only sends it later.
@ApplicationScoped
public class TaskStreams {
  private static final Logger LOG = Logger.getLogger(TaskStreams.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int POSITIONS_A_QUERY = 2_000;

  private final StreamFeed feed;
  private final MeterRegistry meters;
  private final Duration patience;
  private final Duration heartbeat;
  private final Map<UUID, Set<StreamReader>> readers = new ConcurrentHashMap<>();
  private final Set<UUID> news = ConcurrentHashMap.newKeySet();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running = true;

  TaskStreams(
      StreamFeed feed,
      MeterRegistry meters,
      @ConfigProperty(name = "earnest.streams.patience") Duration patience,
      @ConfigProperty(name = "earnest.streams.heartbeat") Duration heartbeat) {
    this.feed = feed;
    this.meters = meters;
    this.patience = patience;
    this.heartbeat = heartbeat;
  }

  void start(@Observes StartupEvent event) {
    feed.onNews(this::wake);
    meters.gaugeMapSize("earnest.streams.tasks", List.of(), readers);
    Thread.ofPlatform().name("task-streams").daemon().start(this::run);
    // A stream is a request that does not end, and the server waits for requests before it stops.
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll));
  }

  void stop(@Observes ShutdownEvent event) {
    running = false;
    endAll();
  }

  void open(StreamReader reader) {
    readers.compute(
        reader.task(),
        (_, known) -> {
          Set<StreamReader> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(reader);
          return all;
        });
    wake(Set.of(reader.task()));
  }

  void forget(StreamReader reader) {
    reader.closed();
    readers.computeIfPresent(
        reader.task(),
        (_, known) -> {
          known.remove(reader);
          return known.isEmpty() ? null : known;
        });
  }

  void wake(Set<UUID> tasks) {
    boolean watched = false;
    for (UUID task : tasks) {
      if (readers.containsKey(task)) {
        news.add(task);
        watched = true;
      }
    }
    if (watched) {
      wakeUps.release();
    }
  }

  private void run() {
    long nextPoll = System.nanoTime();
    long nextTick = nextPoll;
    while (running) {
      try {
        wakeUps.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
        long now = System.nanoTime();
        boolean poll = now - nextPoll >= 0;
        if (poll) {
          nextPoll = now + POLL.toNanos();
        }
        serve(poll ? all() : ofNews());
        if (now - nextTick >= 0) {
          nextTick = now + TICK.toNanos();
          tick();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf("streams not served, will be tried again: %s", e.toString());
      }
    }
  }

  private List<StreamReader> all() {
    news.clear();
    return readers.values().stream().flatMap(Set::stream).toList();
  }

  private List<StreamReader> ofNews() {
    Set<UUID> tasks = new HashSet<>(news);
    news.removeAll(tasks);
    return tasks.stream().flatMap(task -> readers.getOrDefault(task, Set.of()).stream()).toList();
  }

  private void serve(Collection<StreamReader> asking) {
    List<StreamReader> ready = asking.stream().filter(StreamReader::isReady).toList();
    List<Position> positions = ready.stream().map(StreamReader::position).distinct().toList();
    Map<Position, Page> pages = new HashMap<>();
    for (int from = 0; from < positions.size(); from += POSITIONS_A_QUERY) {
      int to = Math.min(positions.size(), from + POSITIONS_A_QUERY);
      pages.putAll(feed.after(positions.subList(from, to)));
    }
    Map<Position, Buffer> frames = new HashMap<>();
    for (StreamReader reader : ready) {
      Position position = reader.position();
      Page page = pages.get(position);
      if (page != null) {
        reader.take(page, frames.computeIfAbsent(position, _ -> frames(page.events())));
      }
    }
  }

  private static Buffer frames(List<StreamEvent> events) {
    Buffer frames = Buffer.buffer();
    events.forEach(event -> frame(frames, event.id(), event.name(), event.data()));
    return frames;
  }

  /// Appends one event in the form of the HTML standard, section 9.2; JSON has no line breaks.
  static void frame(Buffer frames, long id, String name, String data) {
    frames
        .appendString("id: ")
        .appendString(Long.toString(id))
        .appendString("\nevent: ")
        .appendString(name)
        .appendString("\ndata: ")
        .appendString(data)
        .appendString("\n\n");
  }

  private void tick() {
    Instant now = Instant.now();
    List<StreamReader> open = new ArrayList<>();
    readers.values().forEach(open::addAll);
    for (StreamReader reader : open) {
      if (reader.isClosed()) {
        forget(reader);
      } else {
        reader.tick(now, patience, heartbeat);
      }
    }
  }

  private void endAll() {
    readers.values().forEach(open -> open.forEach(StreamReader::end));
  }
}
