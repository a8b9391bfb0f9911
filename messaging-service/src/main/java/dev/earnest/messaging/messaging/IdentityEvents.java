package dev.earnest.messaging.messaging;

import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.security.IdentityNews;
import dev.earnest.messaging.domain.Agents;
import dev.earnest.messaging.domain.Agents.Agent;
import dev.earnest.messaging.messaging.AgentChanged.Profile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/// Hears who the agents are.
@ApplicationScoped
class IdentityEvents implements TopicHandler {
  private static final String AGENT_CHANGED = "earnest.agent.changed.v1";

  private final Agents agents;
  private final IdentityNews identities;

  IdentityEvents(Agents agents, IdentityNews identities) {
    this.agents = agents;
    this.identities = identities;
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public void handle(EventBatch batch) {
    List<Agent> changed = new ArrayList<>();
    batch.each(event -> {
      identities.hear(event);
      if (event.type().equals(AGENT_CHANGED)) {
        changed.add(event.as(AgentChanged.class).agent(event.as(Profile.class), event.json()));
      }
    });
    agents.save(changed);
  }
}
