package dev.earnest.task.domain;

import dev.earnest.kit.event.DomainEvent;
import dev.earnest.kit.event.Topics;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/// `earnest.team.changed.v1`: the whole state of a team, on the compacted `identity.events`.
///
/// @param members accounts
@RegisterForReflection
public record TeamChanged(UUID id, String name, List<String> members, long version)
    implements DomainEvent {
  @Override
  public String type() {
    return "earnest.team.changed.v1";
  }

  @Override
  public String topic() {
    return Topics.IDENTITY;
  }

  @Override
  public String subject() {
    return id.toString();
  }
}
