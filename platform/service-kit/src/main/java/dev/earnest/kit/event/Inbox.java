package dev.earnest.kit.event;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/// Receives records of Kafka so that each has its effect exactly once.
///
/// A batch is one transaction: its event ids go into the inbox table, the ones already there are
/// left out, the rest is handled. When that fails, the batch is taken apart and each event handled
/// in a transaction of its own: what fails for a passing reason is tried until it succeeds, what
/// keeps failing is parked in the dead letters, and so is what comes later with the same key.
/// Other keys go on.
@ApplicationScoped
public class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);

  private final InboxTable table;
  private final DeadLetters deadLetters;
  private final EventDecoder decoder;

  public Inbox(InboxTable table, DeadLetters deadLetters, EventDecoder decoder) {
    this.table = table;
    this.deadLetters = deadLetters;
    this.decoder = decoder;
  }

  /// Takes a batch of one topic's records; returns when all of them are done with.
  public void receive(ConsumerRecords<String, byte[]> records, TopicHandler handler) {
    List<Event> events = new ArrayList<>(records.count());
    for (ConsumerRecord<String, byte[]> record : records) {
      switch (decoder.decode(record)) {
        case EventDecoder.Decoded(Event event) -> events.add(event);
        case EventDecoder.Unreadable unreadable -> {
          // What came before it must not wait behind it.
          receive(events, handler);
          events.clear();
          persist(() -> inTransaction(() -> deadLetters.park(unreadable)));
        }
      }
    }
    receive(events, handler);
  }

  private void receive(List<Event> events, TopicHandler handler) {
    if (events.isEmpty()) {
      return;
    }
    try {
      inTransaction(() -> handle(events, handler));
    } catch (RuntimeException e) {
      LOG.infof("a batch of %d events failed and is taken apart: %s", events.size(), e.toString());
      for (Event event : events) {
        handleAlone(event, handler);
      }
    }
  }

  private void handle(List<Event> events, TopicHandler handler) {
    List<Event> open = table.admit(events, deadLetters);
    if (open.isEmpty()) {
      return;
    }
    table.recordRefusals(EventBatch.handle(open, handler));
  }

  private void handleAlone(Event event, TopicHandler handler) {
    Retry retry = new Retry();
    while (true) {
      try {
        inTransaction(() -> handle(List.of(event), handler));
        return;
      } catch (RuntimeException e) {
        if (!retry.again(e)) {
          LOG.errorf(e, "event %s (%s) cannot be handled", event.id(), event.type());
          String reason = Retry.reason(e);
          persist(() -> inTransaction(() -> giveUp(event, reason, handler)));
          return;
        }
      }
    }
  }

  /// Not when another replica, which has taken over meanwhile, is done with it.
  private void giveUp(Event event, String reason, TopicHandler handler) {
    for (Event open : table.admit(List.of(event), deadLetters)) {
      if (!handler.giveUp(open, reason)) {
        deadLetters.park(open, reason);
      }
    }
  }

  /// For what must be written whatever happens: waits for the database as long as it takes.
  private static void persist(Runnable work) {
    Retry retry = new Retry();
    while (true) {
      try {
        work.run();
        return;
      } catch (RuntimeException e) {
        LOG.warnf("not written, will be tried again: %s", e.toString());
        retry.pause(Duration.ofSeconds(1));
      }
    }
  }

  private static void inTransaction(Runnable work) {
    QuarkusTransaction.requiringNew().run(work);
  }
}
