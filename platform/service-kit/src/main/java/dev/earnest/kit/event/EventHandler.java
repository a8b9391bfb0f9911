package dev.earnest.kit.event;

/// What a service does with the events of one topic.
@FunctionalInterface
public interface EventHandler {
  /// Handles a batch in the transaction that also marks its events as received. It may be called
  /// again with the same events, one by one, when the batch as a whole failed.
  void handle(EventBatch batch);
}
