package dev.earnest.task.domain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lists of agents and of what was said of them.
@ApplicationScoped
class AgentSearch {
  private final EntityManager entities;

  AgentSearch(EntityManager entities) {
    this.entities = entities;
  }

  List<Agent> page(AgentQuery query, AgentQuery.@Nullable Place after, int limit) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder sql = new StringBuilder("SELECT * FROM agents a WHERE team IS NULL");
    List<String> offers = new ArrayList<>(query.skills());
    if (query.category() != null) {
      offers.add(SkillSet.key(query.category().name()));
    }
    if (!offers.isEmpty()) {
      sql.append(" AND offers @> CAST(:offers AS text[])");
      values.put("offers", offers.toArray(String[]::new));
    }
    if (query.minRating() != null) {
      sql.append(" AND rating >= :minRating");
      values.put("minRating", query.minRating());
    }
    if (query.maxPrice() != null) {
      sql.append(" AND base_price <= :maxPrice");
      values.put("maxPrice", query.maxPrice());
    }
    if (query.search() != null) {
      sql.append(
          " AND id IN (SELECT agent_id FROM agent_texts"
              + " WHERE document @@ websearch_to_tsquery('simple', :search))");
      values.put("search", query.search());
    }
    String column = query.sort().column;
    String order = query.sort().descending ? " DESC" : "";
    if (after != null) {
      sql.append(
          " AND (%s, id) %s (:place, :after)".formatted(column, order.isEmpty() ? ">" : "<"));
      values.put("place", after.value());
      values.put("after", after.id());
    }
    sql.append(" ORDER BY %s%s, id%s LIMIT :limit".formatted(column, order, order));
    values.put("limit", limit);
    var select = entities.createNativeQuery(sql.toString(), Agent.class);
    values.forEach(select::setParameter);
    @SuppressWarnings("unchecked")
    List<Agent> page = select.getResultList();
    return page;
  }

  /// A team's agents in the order of their making.
  List<Agent> ofTeam(UUID team, @Nullable UUID after, int limit) {
    return entities
        .createQuery(
            "from Agent where team = ?1 and (?2 is null or id > ?2) order by id", Agent.class)
        .setParameter(1, team)
        .setParameter(2, after)
        .setMaxResults(limit)
        .getResultList();
  }

  List<AgentReview> reviews(UUID agent, @Nullable UUID after, int limit) {
    var select =
        entities
            .createQuery(
                "select new AgentReview(id, rating, reviewText, finishedAt) from Task"
                    + " where agentId = ?1 and state = COMPLETED"
                    + " and (rating is not null or reviewText is not null)"
                    + (after == null ? "" : " and id < ?2")
                    + " order by id desc",
                AgentReview.class)
            .setParameter(1, agent)
            .setMaxResults(limit);
    if (after != null) {
      select.setParameter(2, after);
    }
    return select.getResultList();
  }
}
