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
  private static final int MAX_DOUBLINGS = 10;
  private static final Duration LONGEST_MATCH_PAUSE = Duration.ofMinutes(1);

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

  /// When the matcher looks (again) for an agent.
  @Column(name = "match_at")
  @Nullable Instant matchAt;

  @Column(name = "match_tries")
  int matchTries;

  protected TaskClocks() {}

  TaskClocks(@Nullable Integer timeoutSeconds) {
    this.timeoutSeconds = timeoutSeconds;
  }

  /// Nobody works yet: a hire waits for room until its deadline, the matcher looks for its window,
  /// proposals are taken until theirs, open work waits to be claimed. What stands on a board or
  /// waits for a word to begin waits without end.
  void waitForAgent(Task task, Windows windows, Instant now) {
    stop();
    expiresAt =
        switch (task.mode) {
          case DIRECT -> now.plus(task.agentId == null ? windows.matching() : workingTime(windows));
          case PROPOSALS -> task.proposalDeadline;
          case OPEN -> now.plus(windows.open());
          case BOARD, MANUAL -> null;
        };
    wakeAt = expiresAt;
    if (task.state == TaskState.MATCHING) {
      matchAt = now;
      matchTries = 0;
    }
  }

  /// The matcher found nobody: it looks again, ever less often.
  void matchAgain(Windows windows, Instant now) {
    Duration pause = windows.matchRetry().multipliedBy(1L << Math.min(matchTries, MAX_DOUBLINGS));
    matchTries++;
    matchAt = now.plus(shorter(pause, LONGEST_MATCH_PAUSE));
  }

  /// An agent starts, or starts anew after a revision request.
  void startWork(Mode mode, Hiring hiring, Windows windows, Instant now) {
    stop();
    pausedMillis = 0;
    if (mode == Mode.BOARD) {
      deadline = timeoutSeconds == null ? null : now.plusSeconds(timeoutSeconds);
    } else if (hiring.isLease()) {
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
    boolean endless = deadline == null && leaseUntil == null;
    wakeAt = endless ? null : (deadline == null ? now : deadline).plus(pauseLeft(windows));
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
    matchAt = null;
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

  /// Seconds, where the buyer said how long the agent has.
  public @Nullable Integer timeoutSeconds() {
    return timeoutSeconds;
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
