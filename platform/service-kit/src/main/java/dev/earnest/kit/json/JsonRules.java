package dev.earnest.kit.json;

import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.EmptyString;
import static com.fasterxml.jackson.databind.cfg.CoercionInputShape.Integer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How JSON reads and looks everywhere: times in UTC with milliseconds, exact decimals (50.00 stays
/// 50.00), no text where a number belongs or the other way round, nothing behind the document's end.
@Singleton
public class JsonRules implements ObjectMapperCustomizer {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /// Last: the modules that Quarkus finds would write times in their own way.
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
    mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    mapper.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
    refuse(mapper, LogicalType.Enum, Integer, EmptyString);
    refuse(mapper, LogicalType.Integer, EmptyString);
    refuse(mapper, LogicalType.Float, EmptyString);
    mapper.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
    mapper.registerModule(
        new SimpleModule("earnest")
            .addSerializer(Instant.class, new InstantWithMillis())
            .addDeserializer(String.class, new TextWithoutNul())
            .addDeserializer(JsonNode.class, new BoundedJson()));
  }

  /// PostgreSQL's text holds every character but this one; what names it is refused at the door.
  private static final class TextWithoutNul extends StdDeserializer<String> {
    private static final long serialVersionUID = 1;

    TextWithoutNul() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (json.currentToken().isScalarValue() && !json.hasToken(JsonToken.VALUE_STRING)) {
        context.reportInputMismatch(String.class, "text is needed here");
      }
      @Nullable String text = StringDeserializer.instance.deserialize(json, context);
      if (text != null && text.indexOf('\0') >= 0) {
        context.reportInputMismatch(String.class, "text must not contain the character NUL");
      }
      return text;
    }
  }

  private static void refuse(ObjectMapper mapper, LogicalType type, CoercionInputShape... shapes) {
    for (CoercionInputShape shape : shapes) {
      mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
    }
  }

  private static final class InstantWithMillis extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantWithMillis() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(MILLIS.format(instant));
    }
  }
}
