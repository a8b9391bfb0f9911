package dev.earnest.kit.probe;

import dev.earnest.kit.event.DomainEvent;

/// An event to try the outbox and the inbox with.
///
/// @param number counts the events of a key
/// @param wish what its handler shall do: `handle`, `refuse` or `fail`
public record Noted(String key, int number, String wish, String topic) implements DomainEvent {
  public static final String TYPE = "earnest.probe.noted.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String subject() {
    return key;
  }
}
