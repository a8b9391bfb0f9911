package dev.earnest.task.domain;

/// Whether all that was said about disputes up to now has been heard here. A delivery is approved
/// by silence only then, so that a dispute opened in time is never overtaken.
public interface DisputeNews {
  boolean isComplete();
}
