package dev.earnest.messaging.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Tells those who serve open streams, in this process and in the other replicas, that there is
/// something new: here at once, there by PostgreSQL's NOTIFY, in a transaction of its own so that no
/// commit of a change waits for it. It is a wake-up only and may get lost: what is to be told is in
/// the tables, and who serves streams looks there now and then anyway. What somebody is typing is the
/// exception: it is nowhere else, and if it gets lost, it is lost.
@ApplicationScoped
public class StreamNews {
  private static final Logger LOG = Logger.getLogger(StreamNews.class);
  private static final String CHANNEL = "earnest_streams";
  private static final String NOTIFY =
      "SELECT pg_notify('" + CHANNEL + "', note) FROM unnest(?) AS note";
  private static final int MAX_BYTES = 7_900;
  private static final int STREAMS_A_NOTE = 150;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AgroalDataSource dataSource;
  private final Database database;
  private final ObjectMapper json;
  private final UUID here = UUID.randomUUID();
  private final List<Consumer<Set<UUID>>> wakers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Typing>> typists = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Note> outgoing = new LinkedBlockingQueue<>();
  private volatile boolean running = true;
  private volatile @Nullable Thread listener;

  StreamNews(AgroalDataSource dataSource, Database database, ObjectMapper json) {
    this.dataSource = dataSource;
    this.database = database;
    this.json = json;
  }

  /// Somebody is writing a message.
  @RegisterForReflection
  public record Typing(UUID task, String account, String senderId, SenderRole senderRole) {}

  /// What replicas tell each other.
  @RegisterForReflection
  record Note(UUID from, Set<UUID> streams, @Nullable Typing typing) {}

  /// Calls back, soon after commit, with the ids of streams that have something new.
  public void onNews(Consumer<Set<UUID>> waker) {
    wakers.add(waker);
  }

  public void onTyping(Consumer<Typing> typist) {
    typists.add(typist);
  }

  void tell(Set<UUID> streams) {
    hear(new Note(here, streams, null));
    outgoing.add(new Note(here, streams, null));
  }

  void tell(Typing typing) {
    hear(new Note(here, Set.of(), typing));
    outgoing.add(new Note(here, Set.of(), typing));
  }

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().name("stream-news-out").daemon().start(this::send);
    listener = Thread.ofPlatform().name("stream-news-in").daemon().start(this::listen);
  }

  void stop(@Observes ShutdownEvent event) {
    running = false;
    Thread listening = listener;
    if (listening != null) {
      listening.interrupt();
    }
  }

  private void hear(Note note) {
    if (note.typing() != null) {
      typists.forEach(typist -> typist.accept(note.typing()));
    } else {
      wakers.forEach(waker -> waker.accept(note.streams()));
    }
  }

  private void send() {
    while (running) {
      try {
        List<Note> notes = new ArrayList<>();
        notes.add(outgoing.take());
        outgoing.drainTo(notes);
        database.query(NOTIFY, row -> row, new Database.Texts(texts(notes)));
      } catch (InterruptedException _) {
        return;
      } catch (IllegalStateException | JsonProcessingException e) {
        LOG.debugf("the other replicas were not told: %s", e.toString());
      }
    }
  }

  /// As few notes as may be.
  private List<String> texts(List<Note> notes) throws JsonProcessingException {
    List<String> texts = new ArrayList<>();
    List<UUID> streams =
        notes.stream().flatMap(note -> note.streams().stream()).distinct().toList();
    for (int from = 0; from < streams.size(); from += STREAMS_A_NOTE) {
      int to = Math.min(streams.size(), from + STREAMS_A_NOTE);
      texts.add(
          json.writeValueAsString(new Note(here, Set.copyOf(streams.subList(from, to)), null)));
    }
    for (Note note : notes) {
      String text = note.typing() == null ? "" : json.writeValueAsString(note);
      if (!text.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES) {
        texts.add(text);
      }
    }
    return texts;
  }

  private void listen() {
    while (running) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("LISTEN " + CHANNEL);
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (running) {
          PGNotification[] notes = postgres.getNotifications((int) PAUSE.toMillis());
          if (notes != null) {
            for (PGNotification note : notes) {
              hear(note.getParameter());
            }
          }
        }
        statement.execute("UNLISTEN " + CHANNEL);
      } catch (SQLException e) {
        LOG.debugf("not listening to the other replicas, will try again: %s", e.toString());
        pause();
      }
    }
  }

  private void hear(String text) {
    try {
      Note note = json.readValue(text, Note.class);
      if (!note.from().equals(here)) {
        hear(note);
      }
    } catch (JsonProcessingException e) {
      LOG.debugf("a note of another replica cannot be read: %s", e.getOriginalMessage());
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      running = false;
    }
  }
}
