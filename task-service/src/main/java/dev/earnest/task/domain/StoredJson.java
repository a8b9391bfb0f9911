package dev.earnest.task.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// JSON that callers gave us and that is kept as text.
@ApplicationScoped
public class StoredJson {
  private final ObjectMapper mapper;

  StoredJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  public @Nullable JsonNode readOrNull(@Nullable String text) {
    return text == null ? null : read(text, new TypeReference<JsonNode>() {});
  }

  <T> T read(String text, TypeReference<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is not readable", e);
    }
  }

  /// Nothing, and JSON's null, are kept as nothing.
  public @Nullable String writeOrNull(@Nullable JsonNode value) {
    return value == null || value.isNull() ? null : write(value);
  }

  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value is not writable as JSON", e);
    }
  }
}
