package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Chronicle;
import dev.earnest.messaging.domain.Heard;
import dev.earnest.messaging.domain.Severity;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears what happens in disputes about tasks.
@ApplicationScoped
class DisputeEvents {
  private final Inbox inbox;
  private final Chronicle chronicle;

  DisputeEvents(Inbox inbox, Chronicle chronicle) {
    this.inbox = inbox;
    this.chronicle = chronicle;
    inbox.register(Topics.DISPUTE, this::handle);
  }

  @Incoming("dispute-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch batch) {
    List<Heard> heard = new ArrayList<>(batch.events().size());
    batch.each(event -> {
      UUID task = event.as(AboutTask.class).taskId();
      if (task != null) {
        heard.add(Entries.entry(event, task, "dispute-service", severity(event.type())));
      }
    });
    chronicle.record(heard);
  }

  private static Severity severity(String type) {
    return type.equals("earnest.dispute.refused.v1") ? Severity.ERROR : Severity.INFO;
  }
}
