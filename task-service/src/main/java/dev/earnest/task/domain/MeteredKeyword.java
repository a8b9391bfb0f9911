package dev.earnest.task.domain;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.regex.RegularExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A keyword that pays for its work, see [VerificationEffort]. Where the library compares whole
/// values (`enum`, `const`, `uniqueItems`) it compares their canonical text instead: that is linear
/// whatever hash codes an agent picks, and takes 1 and 1.0 for equal at every depth.
/// What keywords that combine others do with errors is paid for afterwards, by how many came out.
final class MeteredKeyword extends AbstractKeyword {
  private static final int MAX_FORMATTED = 320;
  private static final int MAX_URI = 2_048;
  private final Keyword keyword;

  MeteredKeyword(Keyword keyword) {
    super(keyword.getValue());
    this.keyword = keyword;
  }

  @Override
  public @Nullable KeywordValidator newValidator(
      SchemaLocation location, JsonNode value, Schema parent, SchemaContext context)
      throws Exception {
    return switch (getValue()) {
      case "pattern" -> new Matching(this, location, value, context);
      case "uniqueItems" -> new UniqueItems(location, value);
      case "enum" -> new Equal(this, location, value, value);
      case "const" -> new Equal(this, location, value, List.of(value));
      default -> {
        KeywordValidator validator = keyword.newValidator(location, value, parent, context);
        yield validator == null ? null : new Metered(this, location, value, validator);
      }
    };
  }

  /// The keyword `format`, metered too.
  static final class Format extends FormatKeyword {
    Format(Map<String, com.networknt.schema.format.Format> formats) {
      super(formats);
    }

    @Override
    public KeywordValidator newValidator(
        SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {
      return new Metered(
          this, location, value, super.newValidator(location, value, parent, context));
    }
  }

  private static final class Metered extends AbstractKeywordValidator {
    private final KeywordValidator validator;
    private final int units;

    Metered(Keyword keyword, SchemaLocation location, JsonNode value, KeywordValidator validator) {
      super(keyword, value, location);
      this.validator = validator;
      this.units = 1 + value.size();
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      VerificationEffort effort = (VerificationEffort) context;
      effort.spend(units + width(node));
      if (getKeyword().equals("format") && node.isString() && isTooLong(node.stringValue())) {
        context.addError(violation(this, context, location, "is too long for its format"));
      } else {
        var errors = context.getErrors();
        int before = errors.size();
        validator.validate(context, node, root, location);
        effort.spendOnErrors(errors, before);
      }
    }

    private boolean isTooLong(String text) {
      return text.length()
          > (getSchemaNode().stringValue().startsWith("uri") ? MAX_URI : MAX_FORMATTED);
    }

    @Override
    public void preloadSchema() {
      validator.preloadSchema();
    }
  }

  /// The library's own logs what it cannot match, with the text, and goes on.
  private static final class Matching extends AbstractKeywordValidator {
    private final RegularExpression expression;

    Matching(Keyword keyword, SchemaLocation location, JsonNode value, SchemaContext context) {
      super(keyword, value, location);
      expression = RegularExpression.compile(value.stringValue(), context);
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      if (node.isString() && !expression.matches(node.stringValue())) {
        context.addError(violation(this, context, location, "does not match " + getSchemaNode()));
      }
    }
  }

  private static final class Equal extends AbstractKeywordValidator {
    private final Set<String> allowed = new HashSet<>();

    Equal(Keyword keyword, SchemaLocation location, JsonNode value, Iterable<JsonNode> allowed) {
      super(keyword, value, location);
      allowed.forEach(each -> this.allowed.add(canonical(each)));
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      if (!allowed.contains(paidFor(context, node))) {
        context.addError(violation(this, context, location, "must be equal to " + getSchemaNode()));
      }
    }
  }

  private static final class UniqueItems extends AbstractKeywordValidator {
    UniqueItems(SchemaLocation location, JsonNode value) {
      super("uniqueItems", value, location);
    }

    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      if (!node.isArray() || !getSchemaNode().booleanValue()) {
        return;
      }
      paidFor(context, node);
      Set<String> seen = new HashSet<>();
      for (JsonNode item : node) {
        if (!seen.add(canonical(item))) {
          context.addError(violation(this, context, location, "must have only unique items"));
          return;
        }
      }
    }
  }

  private static String paidFor(ExecutionContext context, JsonNode node) {
    VerificationEffort effort = (VerificationEffort) context;
    effort.spend(1 + weight(node, effort));
    return canonical(node);
  }

  private static long weight(JsonNode node, VerificationEffort effort) {
    long weight = 1 + width(node);
    effort.spend(weight);
    for (JsonNode child : node) {
      weight += weight(child, effort);
    }
    for (String name : node.propertyNames()) {
      weight += 1 + name.length() / 8;
    }
    return weight;
  }

  private static long width(JsonNode node) {
    return node.isString() ? node.stringValue().length() / 8 : node.size();
  }

  private static String canonical(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node.isNumber()) {
      text.append(node.decimalValue().stripTrailingZeros());
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode item : node) {
        write(item, text);
        text.append(',');
      }
      text.append(']');
    } else if (node.isObject()) {
      text.append('{');
      StreamSupport.stream(node.propertyNames().spliterator(), false)
          .sorted()
          .forEach(name -> {
            text.append(name.length()).append(':').append(name);
            write(node.get(name), text);
            text.append(',');
          });
      text.append('}');
    } else if (node.isString()) {
      text.append('"').append(node.stringValue().length()).append(':').append(node.stringValue());
    } else {
      text.append(node);
    }
  }

  private static Error violation(
      KeywordValidator keyword, ExecutionContext context, NodePath location, String message) {
    return Error.builder()
        .keyword(keyword.getKeyword())
        .instanceLocation(location)
        .schemaLocation(keyword.getSchemaLocation())
        .evaluationPath(context.getEvaluationPath())
        .message("{0}")
        .arguments(message)
        .build();
  }
}
