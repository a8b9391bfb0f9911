package dev.earnest.kit.event;

/// Something that happened, as a service tells it to the others. Implementations are records
/// registered for reflection whose components are the JSON of the event's contract.
public interface DomainEvent {
  /// The explicit CloudEvents type, such as `earnest.task.delivered.v1`.
  String type();

  /// The topic it goes to.
  String topic();

  /// What it is about: the record's key and the CloudEvents subject.
  String subject();
}
