package dev.earnest.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The values that the templates of a [Script] are filled with.
final class Values {
  private static final Pattern PLACE =
      Pattern.compile("\\$(?:\\{([\\w.]+) ([+-]) (\\d+)}|(\\w+(?:\\.[\\w*]+)?))");

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> columns = new HashMap<>();
  private final UnaryOperator<String> examples;

  /// @param examples the contract's example of a type of event
  Values(UnaryOperator<String> examples) {
    this.examples = examples;
  }

  /// New, and in the order of time, as the services' ids are.
  static String newId() {
    return UuidCreator.getTimeOrderedEpochPlus1().toString();
  }

  Values set(String name, Object value) {
    values.put(name, value.toString());
    return this;
  }

  /// A new lifecycle: new ids.
  void forgetNewIds() {
    values.keySet().removeIf(name -> name.startsWith("new_"));
  }

  void forgetRows() {
    columns.clear();
  }

  /// A value of a row read.
  ///
  /// @param row counts from 1
  void column(String name, int row, @Nullable String value) {
    columns.put(name + "." + row, String.valueOf(value));
    columns.merge(
        name + ".*", String.valueOf(value), (all, one) -> row == 1 ? one : all + "," + one);
  }

  /// Null for NULL.
  @Nullable String fill(String template) {
    if (template.equals("null")) {
      return null;
    }
    if (template.startsWith("@")) {
      return examples.apply(template.substring(1));
    }
    Matcher place = PLACE.matcher(template);
    return place.replaceAll(found -> Matcher.quoteReplacement(value(found.group(), place)));
  }

  private String value(String text, Matcher place) {
    String plain = place.group(4);
    if (plain != null) {
      return named(plain);
    }
    long number = Long.parseLong(named(place.group(1)));
    long step = Long.parseLong(place.group(3));
    return Long.toString(place.group(2).equals("+") ? number + step : number - step);
  }

  private String named(String name) {
    String value =
        name.startsWith("new_")
            ? values.computeIfAbsent(name, _ -> newId())
            : name.indexOf('.') >= 0 ? columns.get(name) : values.get(name);
    if (value == null && !name.endsWith(".*")) {
      throw new IllegalStateException("nothing is known of " + name);
    }
    return value == null ? "" : value;
  }
}
