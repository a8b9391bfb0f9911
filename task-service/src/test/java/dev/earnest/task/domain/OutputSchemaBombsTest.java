package dev.earnest.task.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earnest.kit.problem.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Schemas and outputs made to hurt: each is answered, and soon. The time limits are generous; what
/// they catch never ends.
@Timeout(60)
class OutputSchemaBombsTest {
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build())
              .build());
  private final OutputSchemas schemas = new OutputSchemas();

  static Stream<Arguments> refusedAtOnce() {
    return Stream.of(
        Arguments.of("refers to itself", "{'$ref':'#'}"),
        Arguments.of("through allOf", "{'allOf':[{'$ref':'#'}]}"),
        Arguments.of("through anyOf", "{'anyOf':[{'type':'null'},{'$ref':'#'}]}"),
        Arguments.of("through oneOf", "{'oneOf':[{'$ref':'#'}]}"),
        Arguments.of("through not", "{'not':{'$ref':'#'}}"),
        Arguments.of("through if", "{'if':{'$ref':'#'}}"),
        Arguments.of("through then", "{'if':true,'then':{'$ref':'#'}}"),
        Arguments.of("through else", "{'if':true,'else':{'$ref':'#'}}"),
        Arguments.of("through dependentSchemas", "{'dependentSchemas':{'a':{'$ref':'#'}}}"),
        Arguments.of("refers to its parent", "{'items':{'allOf':[{'$ref':'#/items'}]}}"),
        Arguments.of("escaped", "{'$defs':{'a b':{'$ref':'#/$defs/a%20b'}}}"),
        Arguments.of(
            "mutually",
            "{'$defs':{'a':{'anyOf':[{'$ref':'#/$defs/b'}]},'b':{'not':{'$ref':'#/$defs/a'}}}}"),
        Arguments.of("a long chain", "{'$ref':'#/$defs/d0','$defs':{" + chain(500) + "}}"),
        Arguments.of("too long", "{'title':'" + "t".repeat(20_000) + "'}"),
        Arguments.of("too deep", "{'not':".repeat(100) + "{}" + "}".repeat(100)),
        Arguments.of("far too deep", "{'not':".repeat(900) + "{}" + "}".repeat(900)),
        Arguments.of("deep in place", "{'not':".repeat(50) + "{}" + "}".repeat(50)),
        Arguments.of("an endless number", "{'minimum':1e999999999}"),
        Arguments.of("repeated repetition", "{'pattern':'((a{1000}){1000}){1000}'}"),
        Arguments.of("repeated options", "{'pattern':'((a?b?){100}|c{5}){100}'}"),
        Arguments.of("hidden repetition", "{'pattern':'[]](a{999}){999}[x]'}"),
        Arguments.of("quoted repetition", "{'pattern':'\\\\Q[\\\\E(a{999}){999}]'}"),
        Arguments.of("parentheses", "{'pattern':'" + "(".repeat(9_000) + ")".repeat(9_000) + "'}"),
        Arguments.of("open parentheses", "{'pattern':'" + "(".repeat(18_000) + "'}"),
        Arguments.of("many large patterns", "{'patternProperties':{" + patterns() + "}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedAtOnce")
  void schemaIsRefused(String how, String schema) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> schemas.check(json(schema)));

    assertThat(refusal).as(how).isNotNull();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.detail()).startsWith("outputSchema: ").hasSizeLessThan(1_000);
  }

  static Stream<Arguments> unverifiable() {
    String nested = "[".repeat(60) + "1" + "]".repeat(60);
    String long1 = "\"" + "a".repeat(1_000_000) + "\"";
    return Stream.of(
        Arguments.of(
            "both branches go down",
            "{'anyOf':[{'items':{'$ref':'#'},'minItems':2},{'items':{'$ref':'#'},'maxItems':0}]}",
            nested),
        Arguments.of(
            "only failing branches",
            "{'oneOf':[{'items':{'$ref':'#'}},{'items':{'$ref':'#'}}]}",
            nested),
        Arguments.of(
            "negations", "{'items':{'allOf':[{'not':{'$ref':'#'}},{'not':{'$ref':'#'}}]}}", nested),
        Arguments.of(
            "contained",
            "{'type':'array','contains':{'anyOf':[{'$ref':'#'},{'$ref':'#'}]}}",
            nested),
        Arguments.of("doubling references", doubling("{'type':'integer'}"), "1"),
        Arguments.of("doubling comparisons", doubling("{'uniqueItems':true}"), ones()),
        Arguments.of("doubling enumerations", doubling("{'not':{'enum':[[2]]}}"), ones()),
        Arguments.of("doubling items", doubling("{'items':{'type':'integer'}}"), ones()),
        Arguments.of(
            "doubling annotations",
            doubling("{'properties':{'a':true},'unevaluatedProperties':false}"),
            "{'a':1}"),
        Arguments.of("a slow pattern", "{'pattern':'^(a?){900}b'}", long1),
        Arguments.of(
            "many slow patterns",
            "{'allOf':[" + repeated("{'pattern':'(x+x+)+y|^a'}", 400) + "]}",
            long1),
        Arguments.of(
            "slow patterns of names",
            "{'patternProperties':{'(a?){500}b':{}},'additionalProperties':true}",
            "{'" + "a".repeat(500_000) + "':1}"),
        Arguments.of(
            "errors that nobody reads",
            "{'not':{'items':{'required':[" + names(2_000) + "]}}}",
            "[" + repeated("{}", 300_000) + "]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unverifiable")
  void verificationEnds(String how, String schema, String output) {
    assertThatNoException().isThrownBy(() -> schemas.check(json(schema)));
    JsonNode value = json(output);

    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> schemas.verify(json(schema).toString(), value));

    assertThat(refusal).as(how).isNotNull();
    assertThat(refusal.status()).isEqualTo(422);
    assertThat(refusal.code()).isEqualTo("output_unverifiable");
  }

  @Test
  void violationThatIsCertainIsToldThoughTheRestIsNotVerified() {
    String schema = doubling("{'type':'integer'}").replaceFirst("[{]", "{'type':'object',");

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> schemas.verify(json(schema).toString(), json("1")));

    assertThat(refusal.code()).isEqualTo("output_invalid");
    assertThat(refusal.errors()).hasSize(1);
  }

  @Test
  void equalHashCodesCostNothing() {
    String items =
        IntStream.range(0, 1 << 14)
            .mapToObj(bits ->
                IntStream.range(0, 14)
                    .mapToObj(bit -> (bits >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining("", "\"", "\"")))
            .collect(Collectors.joining(",", "[", "]"));

    assertThatNoException().isThrownBy(() -> schemas.verify("{\"uniqueItems\":true}", json(items)));
  }

  @Test
  void deepOutputAndLongChainsNeedLittleStack() throws InterruptedException {
    String schema =
        "{'$ref':'#/$defs/d0','$defs':{" + chain(30) + ",'d30':{'items':{'$ref':'#/$defs/d0'}}}}";
    String output = "[".repeat(63) + "1" + "]".repeat(63);
    AtomicReference<Throwable> thrown = new AtomicReference<>();

    Thread small =
        new Thread(
            null,
            () ->
                thrown.set(
                    catchThrowable(() -> {
                      schemas.check(json(schema));
                      schemas.verify(json(schema).toString(), json(output));
                    })),
            "small",
            512 << 10);
    small.start();
    small.join();

    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            Refusal.class, it -> assertThat(it.code()).isEqualTo("output_unverifiable"));
  }

  @Test
  void outputThatIsTooDeepOrTooLongIsNotVerified() {
    for (String output :
        new String[] {
          "[".repeat(65) + "]".repeat(65), "\"" + "a".repeat(1 << 20) + "\"", "1e999999999"
        }) {
      JsonNode value = json(output);
      Refusal refusal = catchThrowableOfType(Refusal.class, () -> schemas.verify("true", value));
      assertThat(refusal.code()).isEqualTo("output_unverifiable");
    }
  }

  @Test
  void nothingIsEverFetched() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String here = "http://127.0.0.1:" + socket.getLocalPort() + "/";
      for (String template :
          new String[] {
            "{'$ref':'URL'}",
            "{'$schema':'URL'}",
            "{'$id':'URL','$ref':'other'}",
            "{'$id':'URL','$ref':'#/$defs/a','$defs':{'a':{'type':'null'}}}",
            "{'items':{'$id':'URL','$ref':'#'}}",
            "{'$dynamicRef':'URL#a'}",
            "{'$recursiveRef':'URL'}",
            "{'$vocabulary':{'URL':true}}",
            "{'properties':{'a':{'$ref':'URL#/a'}}}",
            "{'x':{'$ref':'URL'},'$ref':'#/x'}",
            "{'const':{'$ref':'URL'},'contentSchema':{'$ref':'URL'},'$comment':'URL'}",
            "{'format':'uri','contentMediaType':'application/json'}"
          }) {
        JsonNode schema = json(template.replace("URL", here));
        if (catchThrowable(() -> schemas.check(schema)) == null) {
          @Nullable Throwable unused =
              catchThrowable(() -> schemas.verify(schema.toString(), json("'" + here + "'")));
        }
      }

      socket.setSoTimeout(200);
      assertThat(catchThrowable(socket::accept)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static String doubling(String last) {
    return IntStream.range(0, 12)
        .mapToObj(i ->
            "'d%d':{'allOf':[{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'}]}"
                .formatted(i, i + 1, i + 1, i + 1, i + 1))
        .collect(
            Collectors.joining(
                ",", "{'$ref':'#/$defs/d0','$defs':{", ",'d12':{'allOf':[" + last + "]}}}"));
  }

  private static String chain(int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> "'d%d':{'$ref':'#/$defs/d%d'}".formatted(i, i + 1))
        .collect(Collectors.joining(","));
  }

  private static String patterns() {
    return IntStream.range(0, 500)
        .mapToObj(i -> "'%da{900}':{}".formatted(i))
        .collect(Collectors.joining(","));
  }

  private static String ones() {
    return IntStream.range(0, 100_000)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
  }

  private static String repeated(String text, int times) {
    return String.join(",", java.util.Collections.nCopies(times, text));
  }

  private static JsonNode json(String singleQuoted) {
    try {
      return MAPPER.readTree(singleQuoted.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
