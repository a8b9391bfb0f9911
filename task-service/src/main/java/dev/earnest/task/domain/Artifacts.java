package dev.earnest.task.domain;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What agents hand over piece by piece.
@ApplicationScoped
public class Artifacts {
  /// A task holds at most so many.
  private static final int MOST = 500;

  private final ArtifactRepository artifacts;
  private final WorkRecords records;
  private final Tasks tasks;
  private final Ids ids;
  private final InstantSource clock;

  Artifacts(
      ArtifactRepository artifacts,
      WorkRecords records,
      Tasks tasks,
      Ids ids,
      InstantSource clock) {
    this.artifacts = artifacts;
    this.records = records;
    this.tasks = tasks;
    this.ids = ids;
    this.clock = clock;
  }

  /// The agent hands artifacts over; they count as delivered when it comes to a dispute.
  ///
  /// @throws Refusal 409 when the task is not worked on, or holds 500 artifacts already
  @Transactional
  public List<ArtifactInfo> submit(
      UUID taskId, Caller caller, @Nullable Integer attempt, List<NewArtifact> wanted) {
    Task task = tasks.lockForAgent(taskId, caller, null, attempt);
    Instant now = clock.instant();
    UUID agent = Objects.requireNonNull(task.agentId);
    List<ArtifactRow> rows =
        wanted.stream().map(one -> new ArtifactRow(ids.next(), task, agent, one, now)).toList();
    List<ArtifactInfo> handedOver = rows.stream().map(ArtifactRow::info).toList();
    tasks.carryOut(
        task,
        new Command.SubmitArtifacts(handedOver.stream().map(ArtifactInfo::asDelivered).toList()));
    if (artifacts.count(taskId) + wanted.size() > MOST) {
      throw Refusal.conflict("too_many_artifacts", "A task holds at most " + MOST + " artifacts.");
    }
    artifacts.add(rows);
    return handedOver;
  }

  /// What was handed over and what was delivered by its address, in the order of their ids, which is
  /// that of their making.
  ///
  /// @throws Refusal 404 when the task does not exist for the caller
  @Transactional
  public List<ArtifactInfo> list(UUID taskId, Caller caller, @Nullable UUID after, int limit) {
    tasks.find(taskId, caller);
    Stream<ArtifactInfo> delivered =
        records.deliveredArtifacts(taskId).stream()
            .filter(one -> after == null || isBehind(one.id(), after));
    return Stream.concat(artifacts.page(taskId, after, limit).stream(), delivered)
        .sorted(Comparator.comparing(one -> one.id().toString()))
        .limit(limit)
        .toList();
  }

  private static boolean isBehind(UUID id, UUID after) {
    return id.toString().compareTo(after.toString()) > 0;
  }

  /// @throws Refusal 404 when it does not exist for the caller
  @Transactional
  public ArtifactContent content(UUID taskId, UUID id, Caller caller) {
    tasks.find(taskId, caller);
    return artifacts.content(taskId, id).orElseThrow(() -> Refusal.notFound("artifact"));
  }
}
