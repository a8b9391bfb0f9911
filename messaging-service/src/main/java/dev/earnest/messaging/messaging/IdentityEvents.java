package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.messaging.domain.Agents;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.messaging.AgentChanged.Profile;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears who the agents are.
@ApplicationScoped
class IdentityEvents {
  private static final String AGENT_CHANGED = "earnest.agent.changed.v1";

  private final Inbox inbox;
  private final Agents agents;

  IdentityEvents(Inbox inbox, Agents agents) {
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
    List<Agent> changed = new ArrayList<>();
    batch.each(event -> {
      if (event.type().equals(AGENT_CHANGED)) {
        changed.add(event.as(AgentChanged.class).agent(event.as(Profile.class), event.json()));
      }
    });
    agents.save(changed);
  }
}
