package dev.earnest.task.api.assistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskDesk;
import dev.earnest.task.domain.TaskEdit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what shall become of a task from a body that may be the whole task as it was read.
@ApplicationScoped
class TaskUpdates {
  private static final Set<String> WRITABLE =
      Set.of("title", "description", "type", "status", "skills", "followers");

  private final TaskDesk desk;
  private final ObjectMapper json;
  private final Validator validator;

  TaskUpdates(TaskDesk desk, ObjectMapper json, Validator validator) {
    this.desk = desk;
    this.json = json;
    this.validator = validator;
  }

  /// What the body wants of a task that nobody else changes meanwhile. What the body says of other
  /// members must be what they are.
  ///
  /// @throws Refusal 400 for a value that makes no sense or a member that cannot be changed
  TaskEdit read(Task task, ObjectNode body) {
    try {
      ObjectNode document = shown(task);
      List<FieldError> wrong = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : body.properties()) {
        String name = member.getKey();
        if (WRITABLE.contains(name)) {
          document.set(name, member.getValue());
        } else if (document.has(name) && !isSame(document.get(name), member.getValue())) {
          wrong.add(
              new FieldError(
                  name, "cannot be changed here: leave it out, or as the task has it now"));
        }
      }
      UpdateAssistantTask wanted = json.treeToValue(document, UpdateAssistantTask.class);
      validator.validate(wanted, Default.class, UpdateAssistantTask.Whole.class).stream()
          .map(one -> new FieldError(one.getPropertyPath().toString(), one.getMessage()))
          .forEach(wrong::add);
      if (!wrong.isEmpty()) {
        wrong.sort(Comparator.comparing(FieldError::field));
        throw new Refusal(400, "validation_failed", "The task cannot be changed like this.", wrong);
      }
      return wanted.toEdit(task);
    } catch (JsonProcessingException unreadable) {
      throw new WebApplicationException(unreadable, 400);
    }
  }

  /// Whoever read 1.0 may well write 1.
  private static boolean isSame(JsonNode ours, JsonNode theirs) {
    return ours.equals(
        (one, other) ->
            one.equals(other)
                    || (one.isNumber()
                        && other.isNumber()
                        && one.decimalValue().compareTo(other.decimalValue()) == 0)
                ? 0
                : 1,
        theirs);
  }

  /// The task as JSON that was read, to be compared with what a caller read.
  private ObjectNode shown(Task task) throws JsonProcessingException {
    String text = json.writeValueAsString(AssistantTaskViews.whole(task, desk.history(task)));
    return json.readValue(text, ObjectNode.class);
  }
}
