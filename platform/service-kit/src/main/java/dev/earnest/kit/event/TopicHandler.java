package dev.earnest.kit.event;

/// What a service does with the events of one topic. Each bean of this type gets a consumer of its
/// own; no two name the same topic.
public interface TopicHandler {
  String topic();

  /// Handles a batch in the transaction that also marks its events as received. It may be called
  /// again with the same events, one by one, when the batch as a whole failed.
  void handle(EventBatch batch);

  /// The most events of a batch; no more than the service's `earnest.consumer.max-poll-records`.
  default int mostAtOnce() {
    return Integer.MAX_VALUE;
  }

  /// Takes care of an event that cannot be handled, in the transaction that marks it as received.
  ///
  /// @return false to have it parked
  default boolean giveUp(Event event, String reason) {
    return false;
  }
}
