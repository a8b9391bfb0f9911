package dev.earnest.task.domain;

import dev.earnest.task.domain.Proposal.State;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of proposals. Whoever changes one holds its task's lock.
@ApplicationScoped
class ProposalRepository implements PanacheRepositoryBase<Proposal, UUID> {
  /// @param account whose proposals; null for all
  List<Proposal> page(UUID taskId, @Nullable String account, @Nullable UUID after, int limit) {
    Parameters values = Parameters.with("task", taskId);
    StringBuilder query = new StringBuilder("taskId = :task");
    if (account != null) {
      query.append(" and agentAccount = :account");
      values = values.and("account", account);
    }
    if (after != null) {
      query.append(" and id > :after");
      values = values.and("after", after);
    }
    return find(query + " order by id", values).page(0, limit).list();
  }

  /// Declines what is still open.
  ///
  /// @return what was declined
  List<Proposal> declineOpen(UUID taskId, Instant now) {
    List<Proposal> open = list("taskId = ?1 and state = ?2 order by id", taskId, State.OPEN);
    open.forEach(one -> one.become(State.DECLINED, now));
    return open;
  }

  /// Who proposed for a task.
  List<String> accounts(UUID taskId) {
    return getEntityManager()
        .createQuery("select distinct agentAccount from Proposal where taskId = ?1", String.class)
        .setParameter(1, taskId)
        .getResultList();
  }
}
