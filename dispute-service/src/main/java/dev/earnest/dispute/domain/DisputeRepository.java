package dev.earnest.dispute.domain;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.jpa.SpecHints;
import org.jspecify.annotations.Nullable;

/// The disputes. Whoever changes one, or tells others of it, holds its row's lock.
@ApplicationScoped
public class DisputeRepository implements PanacheRepositoryBase<Dispute, UUID> {
  private static final int SKIP_LOCKED = -2;

  Optional<Dispute> lock(UUID id) {
    return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }

  /// Many in one round trip, always in the same order.
  Map<UUID, Dispute> lockAll(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Dispute> locked = new HashMap<>();
    find("id in ?1 order by id", ids).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
        .forEach(dispute -> locked.put(dispute.id(), dispute));
    return locked;
  }

  /// The newest dispute of a task: the open one, if there is one.
  Optional<Dispute> lockNewestOf(UUID taskId) {
    return find("taskId = ?1 order by id desc", taskId)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /// The newest dispute of a task, to read.
  Optional<Dispute> newestOf(UUID taskId) {
    return find("taskId = ?1 order by id desc", taskId).firstResultOptional();
  }

  /// Those whose step has run out, the longest waiting first.
  List<UUID> due(Instant now, int most) {
    return getEntityManager()
        .createQuery("select id from Dispute where deadline <= :now order by deadline", UUID.class)
        .setParameter("now", now)
        .setMaxResults(most)
        .getResultList();
  }

  /// One that is still due, unless somebody else is busy with it.
  Optional<Dispute> lockDue(UUID id, Instant now) {
    return find("id = ?1 and deadline <= ?2", id, now)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .withHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, SKIP_LOCKED)
        .firstResultOptional();
  }

  boolean hasOpen(UUID taskId) {
    return count("taskId = ?1 and closedAt is null", taskId) > 0;
  }

  long openBy(String account) {
    return count("openedBy = ?1 and closedAt is null", account);
  }

  /// What a list is narrowed to; null where it is not.
  ///
  /// @param party whose disputes
  public record Filter(
      @Nullable String party, @Nullable DisputeState state, @Nullable UUID taskId) {}

  /// Newest first, one more than asked for where there are more.
  ///
  /// @param after the key after which the page starts
  List<Dispute> page(Filter filter, @Nullable UUID after, int limit) {
    StringBuilder query = new StringBuilder("1 = 1");
    Map<String, Object> values = new HashMap<>();
    narrow(query, values, "(buyer = :value or agentAccount = :value)", "party", filter.party());
    narrow(query, values, "state = :value", "state", filter.state());
    narrow(query, values, "taskId = :value", "task", filter.taskId());
    narrow(query, values, "id < :value", "after", after);
    return find(query + " order by id desc", values)
        .withHint(HibernateHints.HINT_READ_ONLY, true)
        .page(0, limit + 1)
        .list();
  }

  private static void narrow(
      StringBuilder query,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      query.append(" and ").append(condition.replace(":value", ":" + name));
      values.put(name, value);
    }
  }
}
