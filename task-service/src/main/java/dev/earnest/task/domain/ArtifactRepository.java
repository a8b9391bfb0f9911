package dev.earnest.task.domain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of artifacts.
@ApplicationScoped
class ArtifactRepository {
  private static final String INFO =
      "select new ArtifactInfo(id, taskId, attempt, type, name, description, mediaType, size,"
          + " createdAt) from ArtifactRow where taskId = ?1";

  private final EntityManager entities;

  ArtifactRepository(EntityManager entities) {
    this.entities = entities;
  }

  void add(List<ArtifactRow> rows) {
    rows.forEach(entities::persist);
  }

  long count(UUID taskId) {
    return entities
        .createQuery("select count(*) from ArtifactRow where taskId = ?1", Long.class)
        .setParameter(1, taskId)
        .getSingleResult();
  }

  /// Those of one attempt, in the order in which they were handed over.
  List<ArtifactInfo> list(UUID taskId, int attempt) {
    return entities
        .createQuery(INFO + " and attempt = ?2 order by id", ArtifactInfo.class)
        .setParameter(1, taskId)
        .setParameter(2, attempt)
        .getResultList();
  }

  /// All of a task, in the order in which they were handed over.
  List<ArtifactInfo> page(UUID taskId, @Nullable UUID after, int limit) {
    var select =
        entities
            .createQuery(
                INFO + (after == null ? "" : " and id > ?2") + " order by id", ArtifactInfo.class)
            .setParameter(1, taskId)
            .setMaxResults(limit);
    if (after != null) {
      select.setParameter(2, after);
    }
    return select.getResultList();
  }

  Optional<ArtifactContent> content(UUID taskId, UUID id) {
    return entities
        .createQuery(
            "select new ArtifactContent(name, mediaType, content) from ArtifactRow"
                + " where id = ?1 and taskId = ?2",
            ArtifactContent.class)
        .setParameter(1, id)
        .setParameter(2, taskId)
        .getResultStream()
        .findFirst();
  }
}
