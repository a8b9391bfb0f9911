package dev.earnest.kit.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.kit.KitTest;
import dev.earnest.testkit.Forgery;
import dev.earnest.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@KitTest
class ForgedTokensResourceTest {
  private static final String PROBE = "/api/v1/probe";
  private static final String RS256 = "{\"alg\": \"RS256\", \"typ\": \"JWT\"}";
  private static final String HS256 = "{\"alg\": \"HS256\", \"typ\": \"JWT\"}";

  /// What shows that a forged one is refused for what is wrong in it, and for nothing else.
  @Test
  void tokenPutTogetherByHandIsGood() {
    given()
        .auth()
        .oauth2(Forgery.signed(RS256, claims()))
        .get(PROBE)
        .then()
        .statusCode(200)
        .body("account", equalTo("mallory"));
  }

  static Stream<Arguments> forged() throws IOException {
    byte[] pem = Files.readAllBytes(Forgery.publicKey());
    String base64 =
        new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
    String good = Forgery.signed(RS256, claims());
    return Stream.of(
        Arguments.of("alg: none", Tokens.unsigned("mallory", "buyer")),
        Arguments.of("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
        Arguments.of("no dots", good.replace(".", "")),
        Arguments.of("HS256, public key as PEM", Forgery.withSecret(HS256, claims(), pem)),
        Arguments.of(
            "HS256, public key as bytes",
            Forgery.withSecret(HS256, claims(), Base64.getDecoder().decode(base64))),
        Arguments.of(
            "HS256, public key as base64",
            Forgery.withSecret(HS256, claims(), base64.getBytes(StandardCharsets.US_ASCII))),
        Arguments.of(
            "kid that points elsewhere",
            Forgery.withSecret(
                "{\"alg\": \"HS256\", \"kid\": \"../../../../dev/null\"}", claims(), new byte[32])),
        Arguments.of("key of another stack", Tokens.withOtherKey("mallory", "buyer")),
        Arguments.of(
            "other claims under a good signature",
            good.substring(0, good.indexOf('.') + 1)
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                        claims().replace("buyer", "admin").getBytes(StandardCharsets.UTF_8))
                + good.substring(good.lastIndexOf('.'))),
        Arguments.of("wrong issuer", Tokens.fromIssuer("https://evil.example", "mallory", "buyer")),
        Arguments.of("wrong audience", Tokens.forAudience("another", "mallory", "buyer")),
        Arguments.of(
            "no audience", Forgery.signed(RS256, claims().replace("\"aud\": \"earnest\",", ""))),
        Arguments.of(
            "no issuer",
            Forgery.signed(RS256, claims().replace("\"iss\": \"https://earnest.local\",", ""))),
        Arguments.of("no subject", Forgery.signed(RS256, claims().replace("\"sub\"", "\"bus\""))),
        Arguments.of("empty subject", Forgery.signed(RS256, Forgery.claims(" ") + "}")),
        Arguments.of("never expires", Forgery.signed(RS256, claims().replace("\"exp\"", "\"xp\""))),
        Arguments.of("expired", Tokens.expired("mallory", "buyer")),
        Arguments.of(
            "expired for longer than clocks may differ",
            Forgery.signed(RS256, Forgery.claims("mallory", Duration.ofSeconds(-40)) + "}")),
        Arguments.of(
            "not yet valid",
            Forgery.signed(
                RS256,
                Forgery.claims("mallory")
                    + ", \"nbf\": "
                    + Instant.now().plusSeconds(300).getEpochSecond()
                    + "}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void forgedTokenIsRefused(String what, String token) {
    given()
        .auth()
        .oauth2(token)
        .get(PROBE)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("unauthorized"));
  }

  /// Services and identity provider do not keep exactly the same time.
  @Test
  void tokenThatHasJustExpiredIsGoodForHalfAMinute() {
    String token = Forgery.signed(RS256, Forgery.claims("late", Duration.ofSeconds(-5)) + "}");

    given().auth().oauth2(token).get(PROBE).then().statusCode(200);
  }

  /// A header that names a key of its own is not asked.
  @Test
  void keyThatATokenBringsAlongIsIgnored() {
    String header = "{\"alg\": \"RS256\", \"jku\": \"http://127.0.0.1:9/keys\", \"kid\": \"mine\"}";
    String own = Tokens.withOtherKey("mallory", "buyer");
    String signature = own.substring(own.lastIndexOf('.'));
    String token = Forgery.signed(header, claims());

    given()
        .auth()
        .oauth2(token.substring(0, token.lastIndexOf('.')) + signature)
        .get(PROBE)
        .then()
        .statusCode(401);
  }

  private static String claims() {
    return Forgery.claims("mallory") + "}";
  }
}
