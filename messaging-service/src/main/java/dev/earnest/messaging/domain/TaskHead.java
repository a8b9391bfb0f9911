package dev.earnest.messaging.domain;

import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this service knows of a task, and where its timeline and its stream stand.
///
/// @param version the task's version it is a copy of; 0 while task-service has not spoken of it
/// @param streamStart where the ids of its stream begin
/// @param streamId the newest id of its stream
/// @param doneId the id of its `done`, once the task is final
/// @param deleted nothing more is written down of it
public record TaskHead(
    UUID id,
    long version,
    @Nullable TaskState state,
    @Nullable Instant statusAt,
    long timelineSeq,
    long streamStart,
    long streamId,
    @Nullable Long doneId,
    boolean deleted) {
  private static final Set<String> FINAL = Set.of("COMPLETED", "FAILED", "CANCELLED", "EXPIRED");

  /// It and everything about it is visible to its parties and admins; to nobody else it exists.
  public boolean visibleTo(Caller caller) {
    TaskState known = state;
    if (known == null || !caller.isGoodFor(known.teamId())) {
      return false;
    }
    String account = caller.account();
    return caller.isAdmin()
        || known.buyer().equals(account)
        || account.equals(known.agentAccount())
        || names(known.assignees(), caller)
        || names(known.followers(), caller);
  }

  /// The team as whose member a caller that may see the task does so; null where it does anyhow.
  public @Nullable String teamFor(Caller caller) {
    return visibleTo(caller) || state == null ? null : state.team();
  }

  private static boolean names(List<String> people, Caller caller) {
    String email = caller.email();
    return people.stream()
        .anyMatch(person ->
            person.equals(caller.account()) || (email != null && person.equalsIgnoreCase(email)));
  }

  /// The side of the task that a caller speaks for; empty when it may only listen. Who hired an own
  /// agent speaks for it with a token that is an agent's alone.
  public Optional<SenderRole> sideOf(Caller caller) {
    TaskState known = Objects.requireNonNull(state);
    boolean agent = caller.account().equals(known.agentAccount());
    if (known.buyer().equals(caller.account())) {
      boolean asAgent = agent && caller.is(Role.AGENT) && !caller.is(Role.BUYER);
      return Optional.of(asAgent ? SenderRole.AGENT : SenderRole.BUYER);
    }
    return agent ? Optional.of(SenderRole.AGENT) : Optional.empty();
  }

  /// The position that a `Last-Event-ID` names; empty when it is none of this stream's ids.
  public OptionalLong position(@Nullable String lastEventId) {
    return StreamIds.position(lastEventId, streamStart, streamId);
  }

  /// Whether a reader that has seen this id has seen `done`.
  public boolean doneAt(long id) {
    return doneId != null && id >= doneId;
  }

  /// The newest id before `done`.
  public long newestId() {
    return doneId == null ? streamId : doneId - 1;
  }

  boolean isNews(TaskState heard) {
    return heard.version() > version;
  }

  boolean changesStatus(TaskState heard) {
    return state == null || !Objects.equals(state.status(), heard.status());
  }

  static boolean isFinal(TaskState state) {
    return FINAL.contains(state.status());
  }

  TaskHead with(TaskState heard, Instant at) {
    TaskState known = state;
    boolean same = known != null && !changesStatus(heard);
    TaskState next =
        known != null && same ? heard.withPreviousStatus(known.previousStatus()) : heard;
    Instant changed = same ? statusAt : at;
    return new TaskHead(
        id, heard.version(), next, changed, timelineSeq, streamStart, streamId, doneId, deleted);
  }

  TaskHead withEntry() {
    return new TaskHead(
        id, version, state, statusAt, timelineSeq + 1, streamStart, streamId, doneId, deleted);
  }

  TaskHead withStreamEvent() {
    return new TaskHead(
        id, version, state, statusAt, timelineSeq, streamStart, streamId + 1, doneId, deleted);
  }

  TaskHead done() {
    return new TaskHead(
        id, version, state, statusAt, timelineSeq, streamStart, streamId, streamId, deleted);
  }
}
