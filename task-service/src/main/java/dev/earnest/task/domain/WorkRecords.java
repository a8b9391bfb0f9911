package dev.earnest.task.domain;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was done on a task: its ended attempts and its deliveries.
@ApplicationScoped
class WorkRecords {
  private static final TypeReference<List<Delivery.Artifact>> ARTIFACTS = new TypeReference<>() {};

  /// A dispute carries the brief and the last deliveries in one event, which must stay under what
  /// the broker takes.
  private static final int MAX_DELIVERY_CHARACTERS = 50_000;

  static final int MAX_DELIVERIES_IN_DISPUTE = 3;

  private final EntityManager entities;
  private final ArtifactRepository artifacts;
  private final StoredJson json;
  private final Ids ids;

  WorkRecords(EntityManager entities, ArtifactRepository artifacts, StoredJson json, Ids ids) {
    this.ids = ids;
    this.entities = entities;
    this.artifacts = artifacts;
    this.json = json;
  }

  void ended(TaskMoment attempt, String outcome, Instant now) {
    entities.persist(new Execution(attempt, outcome, now));
  }

  void happened(Task task, Activity activity, Instant now) {
    entities.persist(
        new ActivityRow(task.id, ids.next(), activity.type(), now, json.write(activity.data())));
  }

  /// What happened to a task, oldest first.
  List<ActivityRow> activities(UUID taskId) {
    return entities
        .createQuery("from ActivityRow where key.taskId = ?1 order by key.id", ActivityRow.class)
        .setParameter(1, taskId)
        .getResultList();
  }

  /// The attempts that have ended, oldest first.
  List<Execution> executions(UUID taskId) {
    return entities
        .createQuery("from Execution where key.taskId = ?1 order by key.attempt", Execution.class)
        .setParameter(1, taskId)
        .getResultList();
  }

  /// Agents that worked on the task before the present one.
  List<TaskEvent.FormerAgent> formerAgents(Task task) {
    return executions(task.id).stream()
        .filter(past -> !past.agentId.equals(task.agentId))
        .map(past -> new TaskEvent.FormerAgent(past.agentId, past.agentAccount))
        .distinct()
        .toList();
  }

  Set<UUID> formerAgentIds(UUID taskId) {
    return Set.copyOf(
        entities
            .createQuery("select agentId from Execution where key.taskId = ?1", UUID.class)
            .setParameter(1, taskId)
            .getResultList());
  }

  boolean workedOn(UUID taskId, String account) {
    return !entities
        .createQuery(
            "select 1 from Execution where key.taskId = ?1 and agentAccount = ?2", Integer.class)
        .setParameter(1, taskId)
        .setParameter(2, account)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /// @throws Refusal 413 when it is too large to be shown to those who judge a dispute
  void delivered(Task task, Delivery delivery) {
    if (json.write(delivery).length() > MAX_DELIVERY_CHARACTERS) {
      throw new Refusal(
          413,
          "too_large",
          "A delivery must not be over " + MAX_DELIVERY_CHARACTERS + " characters.");
    }
    entities.persist(
        new DeliveryRow(
            task.id,
            task.deliveries,
            task.attempt,
            delivery.resultSummary(),
            json.writeOrNull(delivery.output()),
            json.write(delivery.artifacts()),
            delivery.deliveredAt()));
  }

  List<Delivery> deliveries(UUID taskId) {
    return entities
        .createQuery(
            "from DeliveryRow where key.taskId = ?1 order by deliveredAt", DeliveryRow.class)
        .setParameter(1, taskId)
        .getResultStream()
        .map(this::read)
        .toList();
  }

  /// What was delivered last for each of these tasks, where something was.
  Map<UUID, Delivery> results(List<UUID> taskIds) {
    if (taskIds.isEmpty()) {
      return Map.of();
    }
    return entities
        .createQuery(
            "select row from DeliveryRow row join Task task on task.id = row.key.taskId"
                + " where task.id in ?1 and row.key.round = task.deliveries",
            DeliveryRow.class)
        .setParameter(1, taskIds)
        .getResultStream()
        .collect(Collectors.toMap(row -> row.key.taskId(), this::read));
  }

  /// What was delivered last in each attempt.
  Map<Integer, Delivery> lastDeliveries(UUID taskId) {
    Map<Integer, Delivery> last = new HashMap<>();
    entities
        .createQuery(
            "from DeliveryRow where key.taskId = ?1 order by deliveredAt", DeliveryRow.class)
        .setParameter(1, taskId)
        .getResultStream()
        .forEach(row -> last.put(row.attempt, read(row)));
    return last;
  }

  /// What the present agent handed over piece by piece, as one delivery without a summary.
  Delivery handedOver(Task task) {
    List<ArtifactInfo> pieces = artifacts.list(task.id, task.attempt);
    return new Delivery(
        null,
        null,
        pieces.stream().map(ArtifactInfo::asDelivered).toList(),
        pieces.getLast().createdAt());
  }

  void given(UUID taskId, NewTask.Work work) {
    @Nullable String input = json.writeOrNull(work.input());
    @Nullable String schema = json.writeOrNull(work.outputSchema());
    if (input != null || schema != null) {
      entities.persist(new TaskInput(taskId, input, schema));
    }
  }

  Optional<TaskInput> input(UUID taskId) {
    return Optional.ofNullable(entities.find(TaskInput.class, taskId));
  }

  String outputSchema(UUID taskId) {
    return input(taskId)
        .map(given -> given.outputSchema)
        .orElseThrow(
            () -> new IllegalStateException("the output schema of " + taskId + " is gone"));
  }

  /// What was delivered by its address.
  List<ArtifactInfo> deliveredArtifacts(UUID taskId) {
    return entities
        .createQuery("from DeliveryRow where key.taskId = ?1", DeliveryRow.class)
        .setParameter(1, taskId)
        .getResultStream()
        .flatMap(row ->
            json.read(row.artifacts, ARTIFACTS).stream()
                .map(one ->
                    new ArtifactInfo(
                        one.id(),
                        taskId,
                        row.attempt,
                        one.type(),
                        one.title(),
                        one.description(),
                        null,
                        null,
                        row.deliveredAt,
                        one.url())))
        .toList();
  }

  private Delivery read(DeliveryRow row) {
    return new Delivery(
        row.resultSummary,
        json.readOrNull(row.output),
        json.read(row.artifacts, ARTIFACTS),
        row.deliveredAt);
  }
}
