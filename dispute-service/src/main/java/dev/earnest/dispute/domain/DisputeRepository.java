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

  /// Those whose deadline has passed and that nobody else is busy with.
  List<Dispute> lockDue(Instant now, int most) {
    return find("deadline <= ?1 order by deadline", now)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .withHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, SKIP_LOCKED)
        .page(0, most)
        .list();
  }

  boolean hasOpen(UUID taskId) {
    return count("taskId = ?1 and closedAt is null", taskId) > 0;
  }

  long openBy(String account) {
    return count("openedBy = ?1 and closedAt is null", account);
  }

  /// Newest first, one more than asked for where there are more.
  ///
  /// @param party whose disputes; null for everybody's
  /// @param after the key after which the page starts
  List<Dispute> page(@Nullable String party, @Nullable UUID after, int limit) {
    StringBuilder query = new StringBuilder("1 = 1");
    Map<String, Object> values = new HashMap<>();
    if (party != null) {
      query.append(" and (buyer = :party or agentAccount = :party)");
      values.put("party", party);
    }
    if (after != null) {
      query.append(" and id < :after");
      values.put("after", after);
    }
    return find(query + " order by id desc", values)
        .withHint(HibernateHints.HINT_READ_ONLY, true)
        .page(0, limit + 1)
        .list();
  }
}
