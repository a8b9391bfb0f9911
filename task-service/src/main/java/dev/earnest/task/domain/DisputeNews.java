package dev.earnest.task.domain;

/// Whether all that was published about disputes up to now has been heard here. A delivery is
/// approved by silence only then, and only some minutes after its window ended
/// ([Windows#disputeGrace]), so that a dispute opened in time is not overtaken on its way. What
/// dispute-service could not publish for longer than that comes too late and is refused.
public interface DisputeNews {
  boolean isComplete();
}
