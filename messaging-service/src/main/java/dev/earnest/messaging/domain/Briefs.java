package dev.earnest.messaging.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.messaging.domain.Database.Uuids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What is to be done for a task, as webhooks show it: an agent that hears of its work by webhook
/// need not ask what it is.
@ApplicationScoped
public class Briefs {
  private static final List<String> FIELDS =
      List.of(
          "description",
          "category",
          "requirements",
          "requiredSkills",
          "priority",
          "projectId",
          "budget",
          "currency",
          "mode");

  private static final String FIND =
      "SELECT task, data FROM timeline WHERE task = ANY (?) AND type = 'task.created'";

  private final Database database;
  private final ObjectMapper json;

  Briefs(Database database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /// The brief's part of an event.
  public static ObjectNode of(JsonNode event) {
    ObjectNode brief = JsonNodeFactory.instance.objectNode();
    for (String field : FIELDS) {
      if (event.hasNonNull(field)) {
        brief.set(field, event.get(field));
      }
    }
    return brief;
  }

  /// The briefs of tasks, of those that were heard of from their beginning.
  Map<UUID, ObjectNode> find(Collection<UUID> tasks) {
    if (tasks.isEmpty()) {
      return Map.of();
    }
    Map<UUID, ObjectNode> briefs = new HashMap<>();
    database.query(
        FIND,
        row -> briefs.put(Database.requiredUuid(row, "task"), of(read(row.getString("data")))),
        new Uuids(tasks));
    return briefs;
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is broken", e);
    }
  }
}
