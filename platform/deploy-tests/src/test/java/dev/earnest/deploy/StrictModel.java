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
/// know, miss nothing, and say nothing.
final class StrictModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StrictModel() {}

  /// @return the fields that the model does not know, and those that it must have and has not
  static List<String> faults(JsonNode object, Class<?> model) {
    List<String> faults = new ArrayList<>();
    if (!object.path("metadata").has("name")) {
      faults.add(".metadata.name is missing");
    }
    compare(object, JSON.constructType(model), "", faults);
    return faults;
  }

  private static void compare(JsonNode node, JavaType type, String path, List<String> faults) {
    if (type.isContainerType() && !type.isMapLikeType()) {
      for (int i = 0; i < node.size(); i++) {
        compare(node.get(i), type.getContentType(), path + "[" + i + "]", faults);
      }
    } else if (type.isMapLikeType()) {
      node.properties()
          .forEach(entry ->
              compare(
                  entry.getValue(), type.getContentType(), path + "." + entry.getKey(), faults));
    } else if (node.isObject() && !isFree(type)) {
      JavaType kind = kindOf(node, type);
      RequiredFields.OF.getOrDefault(kind.getRawClass(), List.of()).stream()
          .filter(name -> !node.has(name))
          .forEach(name -> faults.add(path + "." + name + " is missing"));
      Map<String, JavaType> known = fields(kind);
      node.properties()
          .forEach(field -> {
            String name = path + "." + field.getKey();
            JavaType of = known.get(field.getKey());
            if (of == null) {
              faults.add(name + " is unknown");
            } else {
              compare(field.getValue(), of, name, faults);
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
