package dev.earnest.task.domain;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.i18n.MessageSource;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.MessageFormat;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ValueNode;

/// The validator library, set up so that it loads nothing but the meta-schemas it carries itself. A
/// schema is compiled for one verification and not kept: a buyer's schema is used a few times in its
/// life, and compiling is cheap beside what the verification may cost.
final class SchemaLibrary {
  private static final String META = "https://json-schema.org/draft/2020-12/";
  private static final long MAX_META_STEPS = 2_000_000;
  private static final int MAX_META_DEPTH = 2_000;

  /// Not to be metered: a reference is one step on, definitions do nothing, and the library wants to
  /// make its formats itself (see [MeteredKeyword.Format]).
  private static final Set<String> FREE = Set.of("$ref", "$defs", "format");

  private final Properties messages = englishMessages();
  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(OutputSchemas.MAX_OUTPUT_CHARACTERS)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(new WholeNumbers())
          .build();
  private final Dialect dialect =
      Dialect.builder(META + "schema", Dialects.getDraft202012())
          .keyword(new NonValidationKeyword("definitions"))
          .formatKeywordFactory(MeteredKeyword.Format::new)
          .keywords(metered(Dialects.getDraft202012().getKeywords().values()))
          .build();
  private final Schema metaSchema =
      SchemaRegistry.withDialect(
              Dialects.getDraft202012(),
              builder ->
                  builder
                      .schemaLoader(loader -> loader.block(iri -> !iri.toString().startsWith(META)))
                      .schemaRegistryConfig(config(LinearExpression::new, true)))
          .getSchema(SchemaLocation.of(META + "schema"));

  JsonNode read(String json) {
    return mapper.readTree(json);
  }

  /// What the meta-schema says against a schema.
  List<Error> faults(String schema) {
    return metaSchema.validate(
        mapper.readTree(schema),
        context ->
            context.executionConfig(config ->
                config
                    .failFast(true)
                    .maxEvaluationSteps(MAX_META_STEPS)
                    .maxEvaluationDepth(MAX_META_DEPTH)));
  }

  /// @param schema reduced, see [SchemaShape]
  /// @param whole whether to compile at once what is otherwise compiled when it is first needed
  Schema compile(String schema, VerificationEffort effort, boolean whole) {
    return SchemaRegistry.withDialect(
            dialect,
            builder ->
                builder
                    .schemaLoader(loader -> loader.block(_ -> true))
                    .schemaCacheEnabled(false)
                    .schemaRegistryConfig(
                        config(
                            expression ->
                                new MeteredExpression(LinearPattern.of(expression), effort),
                            whole)))
        .getSchema(mapper.readTree(schema));
  }

  private static List<Keyword> metered(Collection<Keyword> keywords) {
    return keywords.stream()
        .filter(keyword -> !FREE.contains(keyword.getValue()))
        .<Keyword>map(MeteredKeyword::new)
        .toList();
  }

  private SchemaRegistryConfig config(RegularExpressionFactory expressions, boolean preload) {
    return SchemaRegistryConfig.builder()
        .regularExpressionFactory(expressions)
        .messageSource(new English(messages))
        .locale(Locale.ROOT)
        .preloadSchema(preload)
        .build();
  }

  /// Reads 1.0 and 1e50 as the integers that JSON Schema takes them for; the library compares only
  /// such beyond 64 bits with an integer bound. The digits are bounded before, see [JsonBounds].
  private static final class WholeNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    @Override
    public ValueNode numberNode(BigDecimal value) {
      BigDecimal shortest = value.stripTrailingZeros();
      if (shortest.scale() > 0) {
        return super.numberNode(value);
      }
      BigInteger whole = shortest.toBigIntegerExact();
      return whole.bitLength() < Long.SIZE ? numberNode(whole.longValue()) : numberNode(whole);
    }
  }

  private record LinearExpression(LinearPattern pattern) implements RegularExpression {
    LinearExpression(String expression) {
      this(LinearPattern.of(expression));
    }

    @Override
    public boolean matches(String text) {
      return pattern.isFoundIn(text);
    }
  }

  private record MeteredExpression(LinearPattern pattern, VerificationEffort effort)
      implements RegularExpression {
    @Override
    public boolean matches(String text) {
      effort.spend(1 + (text.length() + 4L) * pattern.size() / 4);
      return pattern.isFoundIn(text);
    }
  }

  /// The library's words, read as a plain resource: a native image has no resource bundle unless it
  /// is named to it.
  private record English(Properties messages) implements MessageSource {
    @Override
    public String getMessage(
        String key,
        @Nullable Supplier<String> otherwise,
        Locale locale,
        @Nullable Object... arguments) {
      String pattern = messages.getProperty(key);
      if (pattern == null) {
        pattern = otherwise == null ? key : Objects.requireNonNullElse(otherwise.get(), key);
      }
      return new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }
  }

  private static Properties englishMessages() {
    Properties messages = new Properties();
    try (InputStream stream = Schema.class.getResourceAsStream("/jsv-messages.properties")) {
      messages.load(Objects.requireNonNull(stream, "the messages of the schema library"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }
}
