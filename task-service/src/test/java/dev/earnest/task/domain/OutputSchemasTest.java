package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an `outputSchema` may say and what it then means.
class OutputSchemasTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private final OutputSchemas schemas = new OutputSchemas();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "{}",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object'}",
        "{'$id':'https://example.org/report.json','type':'object','$comment':'a name is only a name'}",
        "{'$defs':{'a b/c~d':{'type':'string'}},'$ref':'#/$defs/a%20b~1c~0d'}",
        "{'definitions':{'n':{'type':'string'}},'items':{'$ref':'#/definitions/n'}}",
        "{'properties':{'$ref':{'type':'string'},'$id':{'type':'string'}}}",
        "{'const':{'$ref':'http://example.org/'},'default':{'$id':'x'},'examples':[{'$anchor':'y'}]}",
        "{'properties':{'child':{'$ref':'#'}}}",
        "{'items':{'anyOf':[{'$ref':'#'},{'type':'string'}]}}",
        "{'pattern':'^[\\\\u0041-\\\\u005a]+\\\\/\\\\d{1,900}$'}",
        "{'format':'color','x-ours':{'$ref':'http://example.org/'},'nullable':true}"
      })
  void schemaIsTaken(String schema) {
    assertThatNoException().isThrownBy(() -> schemas.check(json(schema)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | must be a JSON Schema",
        "[] | must be a JSON Schema",
        "null | must be a JSON Schema",
        "'text' | must be a JSON Schema",
        "{'type':'strin'} | is no JSON Schema 2020-12: outputSchema/type",
        "{'properties':{'a':{'minLength':-1}}} | outputSchema/properties/a/minLength",
        "{'required':'a'} | outputSchema/required",
        "{'items':[{}]} | outputSchema/items",
        "{'anyOf':[]} | outputSchema/anyOf",
        "{'$schema':'http://json-schema.org/draft-07/schema#'} | $schema must be absent or",
        "{'$schema':7} | $schema must be absent or",
        "{'properties':{'a':{'$schema':'https://json-schema.org/draft/2020-12/schema'}}} | is not supported",
        "{'$ref':'http://127.0.0.1:1/a'} | nothing is fetched",
        "{'$ref':'//127.0.0.1:1/a'} | nothing is fetched",
        "{'$ref':'a.json'} | nothing is fetched",
        "{'$ref':''} | nothing is fetched",
        "{'$ref':'file:///etc/passwd'} | nothing is fetched",
        "{'$ref':'classpath:draft/2020-12/schema'} | nothing is fetched",
        "{'$ref':'jar:file:/a.jar!/b'} | nothing is fetched",
        "{'$ref':'https://json-schema.org/draft/2020-12/schema'} | nothing is fetched",
        "{'$ref':'#name'} | must stay within the schema",
        "{'$ref':'#/%zz'} | is no valid reference",
        "{'$ref':'#/$defs/none'} | where there is no schema",
        "{'enum':[{}],'$ref':'#/enum/0'} | where there is no schema",
        "{'$ref':'#/x','x':{}} | where there is no schema",
        "{'properties':{'a':{'$id':'http://127.0.0.1:1/'}}} | $id is not supported",
        "{'$anchor':'a'} | $anchor is not supported",
        "{'$dynamicAnchor':'a'} | $dynamicAnchor is not supported",
        "{'items':{'$dynamicRef':'#a'}} | $dynamicRef is not supported",
        "{'items':{'$recursiveRef':'#'}} | $recursiveRef is not supported",
        "{'$vocabulary':{'http://127.0.0.1:1/':true}} | $vocabulary is not supported",
        "{'dependencies':{'a':['b']}} | dependencies is not supported",
        "{'maxLength':-1e50} | outputSchema/maxLength",
        "{'pattern':'('} | is no pattern that can be matched in linear time",
        "{'pattern':'(?=a)b'} | is no pattern that can be matched in linear time",
        "{'pattern':'(a)\\\\1'} | is no pattern that can be matched in linear time",
        "{'patternProperties':{'(?<!a)b':{}}} | is no pattern that can be matched in linear time",
      },
      quoteCharacter = '"')
  void schemaIsRefused(String schema, String why) {
    Refusal refusal = refusedSchema(json(schema));

    assertThat(refusal.detail()).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true | null",
        "{} | {'a':1}",
        "{'type':['string','null']} | null",
        "{'type':'integer'} | 1.0",
        "{'const':{'a':[1.0,'b']}} | {'a':[1,'b']}",
        "{'enum':[1,'1']} | 1.00",
        "{'uniqueItems':true} | [1,'1',true,'true',null,'null',[1],{'a':1},{'b':1}]",
        "{'uniqueItems':false} | [1,1]",
        "{'multipleOf':0.1} | 0.3",
        "{'prefixItems':[{'type':'string'}],'items':{'type':'integer'}} | ['a',1,2]",
        "{'contains':{'const':1},'minContains':2,'maxContains':2} | [1,0,1]",
        "{'patternProperties':{'^n_':{'type':'integer'}},'additionalProperties':false} | {'n_a':1}",
        "{'propertyNames':{'maxLength':2}} | {'ab':1}",
        "{'dependentRequired':{'a':['b']},'dependentSchemas':{'a':{'minProperties':2}}} | {'a':1,'b':2}",
        "{'if':{'type':'string'},'then':{'minLength':1},'else':{'minimum':1}} | 1",
        "{'allOf':[{'properties':{'a':true}}],'unevaluatedProperties':false} | {'a':1}",
        "{'allOf':[{'prefixItems':[true]}],'unevaluatedItems':false} | [1]",
        "{'oneOf':[{'type':'string'},{'minimum':3}],'not':{'const':9}} | 5",
        "{'properties':{'child':{'$ref':'#'}},'required':['name']} | {'name':'a','child':{'name':'b'}}",
        "{'$defs':{'a b/c~d':{'type':'string'}},'$ref':'#/$defs/a%20b~1c~0d'} | 'x'",
        "{'definitions':{'n':{'type':'string'}},'items':{'$ref':'#/definitions/n'}} | ['x']",
        "{'$id':'https://example.org/a','$defs':{'n':{'type':'string'}},'$ref':'#/$defs/n'} | 'x'",
        "{'pattern':'^[\\\\u0041-\\\\u005a]+$'} | 'AZ'",
        "{'format':'date-time'} | '2026-01-01T00:00:00Z'",
        "{'format':'email'} | 7",
        "{'maxLength':1e50,'maxItems':99999999999} | 'x'",
        "{'maxItems':1e30,'minContains':0,'maxContains':1e30,'contains':true} | [1]",
        "{'minLength':1.0,'maxProperties':99999999999} | 'x'",
        "{'multipleOf':1e-60} | 1e59",
        "{'type':'integer','minimum':1} | 1e50",
        "{'type':'integer'} | -123456789012345678901234567890.0",
        "{'type':'number','not':{'type':'integer'}} | 1e-50",
        "{'maximum':1e60,'minimum':-1e60} | 123456789012345678901234567890123456789012345678901234567890",
        "{'enum':[123456789012345678901234567890]} | 123456789012345678901234567890.0",
        "{'format':'uuid'} | '018f0000-0000-7000-8000-000000000000'",
        "{'format':'idn-hostname'} | '-'",
        "{'nullable':false,'x':{'type':'string'}} | null",
      })
  void outputIsTaken(String schema, String output) {
    schemas.check(json(schema));

    assertThatNoException().isThrownBy(() -> schemas.verify(json(schema).toString(), json(output)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "false | 1 | output",
        "{'type':'object'} | null | output",
        "{'type':'integer'} | 1.5 | output",
        "{'const':{'a':[1]}} | {'a':[2]} | output",
        "{'enum':[1,'a']} | '1' | output",
        "{'uniqueItems':true} | [1,1.0] | output",
        "{'uniqueItems':true} | [{'a':1,'b':2},{'b':2.0,'a':1}] | output",
        "{'items':{'required':['id']}} | [{'id':1},{}] | output/1",
        "{'properties':{'a/b':{'type':'string'}}} | {'a/b':1} | output/a~1b",
        "{'contains':{'const':1},'minContains':2} | [1] | output",
        "{'patternProperties':{'^n_':{'type':'integer'}},'additionalProperties':false} | {'x':1} | output",
        "{'propertyNames':{'maxLength':2}} | {'abc':1} | output",
        "{'dependentRequired':{'a':['b']}} | {'a':1} | output",
        "{'if':{'type':'string'},'then':{'minLength':1},'else':{'minimum':1}} | 0 | output",
        "{'allOf':[{'properties':{'a':true}}],'unevaluatedProperties':false} | {'b':1} | output",
        "{'allOf':[{'prefixItems':[true]}],'unevaluatedItems':false} | [1,2] | output",
        "{'oneOf':[{'minimum':1},{'minimum':3}]} | 5 | output",
        "{'not':{'const':9}} | 9 | output",
        "{'minLength':99999999999} | 'x' | output",
        "{'minItems':1e50} | [] | output",
        "{'type':'integer','maximum':7} | 1e50 | output",
        "{'type':'integer','exclusiveMinimum':7} | -1e50 | output",
        "{'minProperties':99999999999} | {} | output",
        "{'contains':true,'minContains':1e30} | [1] | output",
        "{'exclusiveMaximum':0.1} | 0.10 | output",
        "{'maximum':9007199254740992} | 9007199254740993 | output",
        "{'anyOf':[{'type':'string'},{'minimum':3}]} | 1 | output",
        "{'properties':{'child':{'$ref':'#'}},'required':['name']} | {'name':'a','child':{}} | output/child",
        "{'$defs':{'a b/c~d':{'type':'string'}},'$ref':'#/$defs/a%20b~1c~0d'} | 1 | output",
        "{'definitions':{'n':{'type':'string'}},'items':{'$ref':'#/definitions/n'}} | [1] | output/0",
        "{'pattern':'^[\\\\u0041-\\\\u005a]+$'} | 'az' | output",
        "{'minLength':2} | '\\ud83d\\ude00' | output",
        "{'format':'date'} | '2026-02-30' | output",
        "{'format':'date-time'} | 'today' | output",
        "{'format':'time'} | '25:00:00Z' | output",
        "{'format':'duration'} | '1h' | output",
        "{'format':'email'} | 'a@' | output",
        "{'format':'hostname'} | 'a..b' | output",
        "{'format':'ipv4'} | '1.2.3.256' | output",
        "{'format':'ipv6'} | '::g' | output",
        "{'format':'uri'} | 'a b' | output",
        "{'format':'uri-reference'} | 'a b' | output",
        "{'format':'uuid'} | '1' | output",
      })
  void outputIsRefused(String schema, String output, String field) {
    schemas.check(json(schema));

    Refusal refusal = refusedOutput(json(schema), json(output));

    assertThat(refusal.code()).isEqualTo("output_invalid");
    assertThat(refusal.errors()).extracting(FieldError::field).contains(field);
    assertThat(refusal.errors()).extracting(FieldError::detail).noneMatch(String::isBlank);
  }

  @Test
  void violationSaysWhatIsWrongAndWhere() {
    JsonNode schema = json("{'properties':{'rows':{'items':{'required':['id']}}}}");

    Refusal refusal = refusedOutput(schema, json("{'rows':[{'id':1},{}]}"));

    assertThat(refusal.errors())
        .containsExactly(new FieldError("output/rows/1", "required property 'id' not found"));
  }

  @Test
  void outputThatIsMissingIsNull() {
    assertThatNoException().isThrownBy(() -> schemas.verify("{\"type\":\"null\"}", null));
    assertThat(refusedOutput(json("{'type':'object'}"), null).code()).isEqualTo("output_invalid");
  }

  @Test
  void atMostTwentyViolationsAreTold() {
    JsonNode schema = json("{'items':{'type':'string'}}");

    Refusal refusal = refusedOutput(schema, MAPPER.valueToTree(new int[100_000]));

    assertThat(refusal.errors()).hasSize(20);
    assertThat(refusal.errors().getLast().field()).isEqualTo("output/19");
  }

  @Test
  void longNamesAndValuesAreShortenedInViolations() {
    JsonNode output = MAPPER.createObjectNode().put("n".repeat(100_000), 1);

    Refusal refusal = refusedOutput(json("{'additionalProperties':{'type':'string'}}"), output);

    assertThat(refusal.errors().getFirst().field()).hasSizeLessThan(400);
  }

  @Test
  void anOrdinaryMebibyteIsVerified() {
    JsonNode schema =
        json(
            """
            {'type':'object','required':['rows'],'unevaluatedProperties':false,'properties':{'rows':{
              'type':'array','minItems':1,'uniqueItems':true,'items':{'$ref':'#/$defs/row'}}},
             '$defs':{'row':{'type':'object','required':['id','name','mail','tags'],
              'allOf':[{'properties':{'id':{'type':'integer','minimum':0}}}],
              'properties':{
               'name':{'type':'string','pattern':'^[A-Za-z0-9 ]{1,80}$','maxLength':80},
               'mail':{'type':'string','format':'email'},
               'kind':{'enum':['a','b','c']},
               'score':{'anyOf':[{'type':'null'},{'type':'number','minimum':0}]},
               'tags':{'type':'array','items':{'type':'string','maxLength':10}}},
              'unevaluatedProperties':false}}}
            """);
    String rows =
        IntStream.range(0, 9_000)
            .mapToObj(i ->
                "{'id':%d,'name':'name of %d','mail':'a%d@example.org','kind':'b','score':0.5,'tags':['x','y']}"
                    .formatted(i, i, i))
            .collect(Collectors.joining(","));
    JsonNode output = json("{'rows':[" + rows + "]}");
    schemas.check(schema);

    assertThat(output.toString().length()).isBetween(800_000, 1 << 20);
    assertThatNoException().isThrownBy(() -> schemas.verify(schema.toString(), output));
  }

  private Refusal refusedSchema(JsonNode schema) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> schemas.check(schema));
    assertThat(refusal).isNotNull();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("outputSchema");
    return refusal;
  }

  private Refusal refusedOutput(JsonNode schema, @Nullable JsonNode output) {
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> schemas.verify(schema.toString(), output));
    assertThat(refusal).isNotNull();
    assertThat(refusal.status()).isEqualTo(422);
    return refusal;
  }

  private static JsonNode json(String singleQuoted) {
    try {
      return MAPPER.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }
}
