package dev.earnest.task.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clocks of a task, each visible as a time. `wakeAt` is the one that runs out next; a timer
/// looks for it.
@Embeddable
public class TaskClocks {
  @Column(name = "timeout_seconds")
  @Nullable Integer timeoutSeconds;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "lease_until")
  @Nullable Instant leaseUntil;

  @Column(name = "deadline")
  @Nullable Instant deadline;

  @Column(name = "review_until")
  @Nullable Instant reviewUntil;

  @Column(name = "paused_since")
  @Nullable Instant pausedSince;

  @Column(name = "paused_millis")
  long pausedMillis;

  @Column(name = "wake_at")
  @Nullable Instant wakeAt;

  protected TaskClocks() {}

  TaskClocks(@Nullable Integer timeoutSeconds) {
    this.timeoutSeconds = timeoutSeconds;
  }

  /// Nobody works yet: a hire waits for room until its deadline, the matcher looks for its window.
  void waitForAgent(Task task, Windows windows, Instant now) {
    stop();
    if (task.state == TaskState.MATCHING || (task.mode == Mode.DIRECT && task.agentId == null)) {
      expiresAt = now.plus(windows.matching());
    } else if (task.agentId != null) {
      expiresAt = now.plus(workingTime(windows));
    }
    wakeAt = expiresAt;
  }

  /// An agent starts, or starts anew after a revision request.
  void startWork(Hiring hiring, Windows windows, Instant now) {
    stop();
    pausedMillis = 0;
    if (hiring.isLease()) {
      leaseUntil = now.plus(windows.lease());
      deadline = timeoutSeconds == null ? null : now.plusSeconds(timeoutSeconds);
    } else {
      deadline = now.plus(workingTime(windows));
    }
    wakeAt = earlier(leaseUntil, deadline);
  }

  /// A sign of life.
  void renewLease(Windows windows, Instant now) {
    if (leaseUntil != null) {
      leaseUntil = now.plus(windows.lease());
      wakeAt = earlier(leaseUntil, deadline);
    }
  }

  /// The work waits for the buyer: the lease rests, and the deadline for as long as it may in sum.
  void pause(Windows windows, Instant now) {
    if (pausedSince == null) {
      pausedSince = now;
    }
    wakeAt = (deadline == null ? now : deadline).plus(pauseLeft(windows));
  }

  void resume(Windows windows, Instant now) {
    if (pausedSince == null) {
      return;
    }
    Duration paused = shorter(Duration.between(pausedSince, now), pauseLeft(windows));
    pausedMillis += paused.toMillis();
    pausedSince = null;
    deadline = deadline == null ? null : deadline.plus(paused);
    renewLease(windows, now);
    wakeAt = earlier(leaseUntil, deadline);
  }

  void startReview(Windows windows, Instant now) {
    stop();
    reviewUntil = now.plus(windows.review());
    wakeAt = reviewUntil;
  }

  /// Nothing runs: the task is disputed or over.
  void stop() {
    expiresAt = null;
    leaseUntil = null;
    deadline = null;
    reviewUntil = null;
    pausedSince = null;
    wakeAt = null;
  }

  boolean ranOut(Instant now) {
    return wakeAt != null && !wakeAt.isAfter(now);
  }

  private Duration workingTime(Windows windows) {
    return timeoutSeconds == null ? windows.delivery() : Duration.ofSeconds(timeoutSeconds);
  }

  private Duration pauseLeft(Windows windows) {
    Duration left = windows.pause().minusMillis(pausedMillis);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  public @Nullable Instant leaseUntil() {
    return leaseUntil;
  }

  public @Nullable Instant deadline() {
    return deadline;
  }

  public @Nullable Instant reviewUntil() {
    return reviewUntil;
  }
}
