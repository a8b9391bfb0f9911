package dev.earnest.task.api.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.WebApplicationException;
import java.util.Comparator;
import java.util.List;

/// Changes to what is shown, as merge patches (RFC 7396) of its top level.
@ApplicationScoped
class Patches {
  private final ObjectMapper json;
  private final Validator validator;

  Patches(ObjectMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /// @param shown as a client reads it
  /// @param wanted what the changes make of it
  record Merged<T>(T shown, T wanted) {}

  /// @throws Refusal 400 when what comes of it makes no sense
  <T> Merged<T> merge(T present, ObjectNode changes, Class<T> type) {
    ObjectNode document = json.valueToTree(present);
    T shown = read(document, type);
    document.setAll(changes);
    T wanted = read(document, type);
    List<FieldError> errors =
        validator.validate(wanted).stream()
            .map(wrong -> new FieldError(wrong.getPropertyPath().toString(), wrong.getMessage()))
            .sorted(Comparator.comparing(FieldError::field))
            .toList();
    if (!errors.isEmpty()) {
      throw new Refusal(400, "validation_failed", "The change makes no sense.", errors);
    }
    return new Merged<>(shown, wanted);
  }

  private <T> T read(ObjectNode document, Class<T> type) {
    try {
      return json.treeToValue(document, type);
    } catch (JsonProcessingException wrong) {
      throw new WebApplicationException(wrong, 400);
    }
  }
}
