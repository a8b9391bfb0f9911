package dev.earnest.deploy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Compares an object with the Java model of its kind: the models themselves keep what they do not
/// know, and say nothing.
final class StrictModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StrictModel() {}

  /// @return the fields that the model does not know, as paths
  static List<String> unknownFields(JsonNode object, Class<?> model) {
    List<String> unknown = new ArrayList<>();
    compare(object, JSON.constructType(model), "", unknown);
    return unknown;
  }

  private static void compare(JsonNode node, JavaType type, String path, List<String> unknown) {
    if (type.isContainerType() && !type.isMapLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        compare(node.get(i), type.getContentType(), path + "[" + i + "]", unknown);
      }
    } else if (type.isMapLikeType()) {
      node.properties()
          .forEach(entry ->
              compare(
                  entry.getValue(), type.getContentType(), path + "." + entry.getKey(), unknown));
    } else if (node.isObject() && !isFree(type)) {
      Map<String, JavaType> known = fields(kindOf(node, type));
      node.properties()
          .forEach(field -> {
            String name = path + "." + field.getKey();
            JavaType of = known.get(field.getKey());
            if (of == null) {
              unknown.add(name);
            } else {
              compare(field.getValue(), of, name, unknown);
            }
          });
    }
  }

  /// What takes anything, or is written in a way of its own.
  private static boolean isFree(JavaType type) {
    String name = type.getRawClass().getName();
    return type.isJavaLangObject() || name.endsWith(".IntOrString") || name.endsWith(".Quantity");
  }

  /// Some models are of one kind or another, as a field of the object says.
  private static JavaType kindOf(JsonNode node, JavaType type) {
    if (!type.getRawClass().isAnnotationPresent(JsonTypeInfo.class)) {
      return type;
    }
    return JSON.constructType(JSON.convertValue(node, type).getClass());
  }

  private static Map<String, JavaType> fields(JavaType type) {
    return JSON.getDeserializationConfig().introspect(type).findProperties().stream()
        .collect(
            Collectors.toMap(
                BeanPropertyDefinition::getName,
                BeanPropertyDefinition::getPrimaryType,
                (a, _) -> a));
  }
}
