package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.AgentCopies;
import dev.earnest.dispute.domain.AgentCopy;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears who the agents are: juries are drawn from their accounts.
@ApplicationScoped
class IdentityEvents {
  private static final String AGENT_CHANGED = "earnest.agent.changed.v1";

  private final Inbox inbox;
  private final AgentCopies agents;

  IdentityEvents(Inbox inbox, AgentCopies agents) {
    this.inbox = inbox;
    this.agents = agents;
    inbox.register(Topics.IDENTITY, this::handle);
  }

  @Incoming("identity-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch batch) {
    Map<UUID, AgentCopy> news = new LinkedHashMap<>();
    batch.each(event -> {
      if (event.type().equals(AGENT_CHANGED)) {
        AgentCopy agent = event.as(AgentChanged.class).copy();
        news.merge(agent.id(), agent, (old, now) -> now.version() < old.version() ? old : now);
      }
    });
    agents.update(news.values());
  }
}
