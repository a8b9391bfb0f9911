package dev.earnest.messaging.api;

import dev.earnest.messaging.domain.StreamFeed;
import dev.earnest.messaging.domain.StreamFeed.Page;
import dev.earnest.messaging.domain.StreamFeed.Position;
import dev.earnest.messaging.domain.StreamNews;
import dev.earnest.messaging.domain.StreamNews.Typing;
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
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The open streams of this process. One thread reads what is new for all of them, in one query for
/// each kind however many there are, and hands it to the network, which never waits for a reader.
///
/// It is woken by commits, of this process and of other replicas, and looks once a second anyway.
/// What a stream is sent depends on nothing but the position that its reader has reached, so a wake
/// too many sends nothing twice, and one too few only sends it later.
@ApplicationScoped
public class Streams {
  private static final Logger LOG = Logger.getLogger(Streams.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POSITIONS_A_QUERY = 2_000;

  private final StreamFeed feed;
  private final StreamNews streamNews;
  private final TypingFrames typing;
  private final MeterRegistry meters;
  private final Duration patience;
  private final Duration heartbeat;
  private final Map<UUID, Set<StreamReader>> readers = new ConcurrentHashMap<>();
  private final Set<UUID> news = ConcurrentHashMap.newKeySet();
  private final Queue<Typing> typists = new ConcurrentLinkedQueue<>();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean running = true;

  Streams(
      StreamFeed feed,
      StreamNews streamNews,
      TypingFrames typing,
      MeterRegistry meters,
      @ConfigProperty(name = "earnest.streams.patience") Duration patience,
      @ConfigProperty(name = "earnest.streams.heartbeat") Duration heartbeat) {
    this.feed = feed;
    this.streamNews = streamNews;
    this.typing = typing;
    this.meters = meters;
    this.patience = patience;
    this.heartbeat = heartbeat;
  }

  void start(@Observes StartupEvent event) {
    streamNews.onNews(this::wake);
    streamNews.onTyping(this::type);
    meters.gaugeMapSize("earnest.streams", List.of(), readers);
    Thread.ofPlatform().name("streams").daemon().start(this::run);
    // A stream is a request that does not end, and the server waits for requests before it stops.
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll));
  }

  void stop(@Observes ShutdownEvent event) {
    running = false;
    endAll();
  }

  void open(StreamReader reader) {
    UUID id = reader.channel().id();
    readers.compute(
        id,
        (_, known) -> {
          Set<StreamReader> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(reader);
          return all;
        });
    wake(Set.of(id));
  }

  void forget(StreamReader reader) {
    reader.closed();
    readers.computeIfPresent(
        reader.channel().id(),
        (_, known) -> {
          known.remove(reader);
          return known.isEmpty() ? null : known;
        });
  }

  void wake(Set<UUID> streams) {
    boolean watched = false;
    for (UUID stream : streams) {
      if (readers.containsKey(stream)) {
        news.add(stream);
        watched = true;
      }
    }
    if (watched) {
      wakeUps.release();
    }
  }

  private void type(Typing typist) {
    if (readers.containsKey(typist.task())) {
      typists.add(typist);
      wakeUps.release();
    }
  }

  private void run() {
    long nextPoll = System.nanoTime();
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
        showTyping();
        if (poll) {
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
    Set<UUID> streams = new HashSet<>(news);
    news.removeAll(streams);
    return streams.stream()
        .flatMap(stream -> readers.getOrDefault(stream, Set.of()).stream())
        .toList();
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
      if (page == null) {
        reader.takeMoment();
      } else {
        reader.take(page, frames.computeIfAbsent(position, _ -> Frames.of(page.events())));
      }
    }
  }

  /// To those who read along what is said, except who is typing.
  private void showTyping() {
    for (Typing typist = typists.poll(); typist != null; typist = typists.poll()) {
      typing.show(typist, readers.getOrDefault(typist.task(), Set.of()));
    }
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
