package dev.earnest.dispute.messaging;

import dev.earnest.dispute.domain.AgentCopies;
import dev.earnest.dispute.domain.AgentCopy;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.security.IdentityNews;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Hears who the agents are: juries are drawn from their accounts.
@ApplicationScoped
class IdentityEvents implements TopicHandler {
  private static final String AGENT_CHANGED = "earnest.agent.changed.v1";

  private final AgentCopies agents;
  private final IdentityNews identities;

  IdentityEvents(AgentCopies agents, IdentityNews identities) {
    this.agents = agents;
    this.identities = identities;
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public void handle(EventBatch batch) {
    Map<UUID, AgentCopy> news = new LinkedHashMap<>();
    batch.each(event -> {
      identities.hear(event);
      if (event.type().equals(AGENT_CHANGED)) {
        AgentCopy agent = event.as(AgentChanged.class).copy();
        news.merge(agent.id(), agent, (old, now) -> now.version() < old.version() ? old : now);
      }
    });
    agents.update(news.values());
  }
}
