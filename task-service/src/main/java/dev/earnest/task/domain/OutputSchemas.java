package dev.earnest.task.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Error;
import com.networknt.schema.ValidationLimitExceededException;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a buyer asks of a result (`outputSchema`), by JSON Schema 2020-12.
///
/// Buyer and agent are strangers to us and to each other, so both documents are bounded: a schema has
/// at most 20,000 characters and refers only to itself, nothing is ever fetched, patterns run in
/// linear time (RE2), and a verification ends when its effort is spent (see [VerificationEffort]).
/// `format` is asserted for `date`, `time`, `date-time`, `duration`, `email`, `hostname`, `ipv4`,
/// `ipv6`, `uri`, `uri-reference` and `uuid`; every other format only annotates, and so does each
/// keyword that 2020-12 does not know.
@Singleton
public class OutputSchemas {
  private static final int MAX_SCHEMA_CHARACTERS = 20_000;
  static final int MAX_OUTPUT_CHARACTERS = 1 << 20;
  private static final int MAX_VIOLATIONS = 20;
  private static final String FIELD = "outputSchema";

  private final ObjectMapper mapper = new ObjectMapper();
  private final SchemaLibrary library = new SchemaLibrary();

  /// Refuses (400) what is no schema, what this service does not verify by, and what could be made to
  /// run for long.
  public void check(JsonNode schema) {
    if (!schema.isObject() && !schema.isBoolean()) {
      throw Refusal.invalid(FIELD, "must be a JSON Schema: an object, true or false");
    }
    if (schema.toString().length() > MAX_SCHEMA_CHARACTERS) {
      throw Refusal.invalid(FIELD, "must not be longer than 20,000 characters");
    }
    if (!JsonBounds.holdFor(schema)) {
      throw Refusal.invalid(FIELD, "must not be nested deeper than 64, nor name endless numbers");
    }
    SchemaShape.refuseOtherDialects(schema);
    try {
      List<Error> faults = library.faults(schema.toString());
      if (!faults.isEmpty()) {
        FieldError first = fieldError(FIELD, faults.getFirst());
        throw Refusal.invalid(
            FIELD, "is no JSON Schema 2020-12: " + first.field() + " " + first.detail());
      }
      library.compile(SchemaShape.of(schema).reduced().toString(), new VerificationEffort(), true);
    } catch (VerificationEffort.Spent
        | ValidationLimitExceededException
        | StackOverflowError tooMuch) {
      throw Refusal.invalid(FIELD, "is too complex");
    }
  }

  /// Refuses an output that does not validate: 422 `output_invalid` with at most 20 violations, each
  /// under its place in the output (`output/items/0`); 422 `output_unverifiable` when to find out
  /// takes more than the effort allowed.
  ///
  /// @param storedSchema as it was checked, as text
  /// @param output absent means null
  public void verify(String storedSchema, @Nullable JsonNode output) {
    JsonNode value = output == null ? NullNode.getInstance() : output;
    if (!JsonBounds.holdFor(value)) {
      throw unverifiable("it is nested deeper than 64 or names endless numbers");
    }
    String text = value.toString();
    if (text.length() > MAX_OUTPUT_CHARACTERS) {
      throw unverifiable("it is longer than 1 MiB");
    }
    List<Error> violations = violations(storedSchema, text);
    if (!violations.isEmpty()) {
      throw new Refusal(
          422,
          "output_invalid",
          "The output does not match the outputSchema of the task.",
          violations.stream()
              .limit(MAX_VIOLATIONS)
              .map(error -> fieldError("output", error))
              .toList());
    }
  }

  private List<Error> violations(String storedSchema, String output) {
    VerificationEffort effort = new VerificationEffort(MAX_VIOLATIONS);
    try {
      String reduced = SchemaShape.of(mapper.readTree(storedSchema)).reduced().toString();
      library.compile(reduced, effort, false).validate(effort, library.read(output));
      effort.spend(0);
    } catch (VerificationEffort.Enough _) {
      return effort.certain();
    } catch (VerificationEffort.Spent
        | ValidationLimitExceededException
        | StackOverflowError tooMuch) {
      if (effort.certain().isEmpty()) {
        throw unverifiable("this takes too long with the outputSchema of the task");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored schema is not readable", e);
    }
    return effort.certain();
  }

  private static Refusal unverifiable(String why) {
    return new Refusal(422, "output_unverifiable", "The output cannot be verified: " + why + ".");
  }

  private static FieldError fieldError(String root, Error error) {
    return new FieldError(
        root + shortened(error.getInstanceLocation().toString()), shortened(error.getMessage()));
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 299) + "…";
  }
}
