package dev.earnest.kit.security;

import static dev.earnest.testkit.IdentityProvider.EC_KEY_ID;
import static dev.earnest.testkit.IdentityProvider.RSA_KEY_ID;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.testkit.Forgery;
import dev.earnest.testkit.IdentityProvider;
import dev.earnest.testkit.RealStack;
import dev.earnest.testkit.Tokens;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;

/// With the keys of an identity provider at a JWKS URL, as operators have it.
@QuarkusTest
@WithTestResource(
    value = RealStack.class,
    initArgs = {
      @ResourceArg(name = "service", value = "task"),
      @ResourceArg(name = "keys", value = "jwks")
    })
class KeySetResourceTest {
  @Test
  void tokensOfBothKindsOfKeysAreGood() {
    ask("RS256", RSA_KEY_ID, IdentityProvider.rsaKey())
        .statusCode(200)
        .body("account", equalTo("jane"));
    ask("ES256", EC_KEY_ID, IdentityProvider.ecKey())
        .statusCode(200)
        .body("account", equalTo("jane"));
  }

  @Test
  void tokensThatNameAnotherKeyThanTheyWereSignedWithAreNot() {
    ask("RS256", EC_KEY_ID, IdentityProvider.rsaKey()).statusCode(401);
    ask("ES256", RSA_KEY_ID, IdentityProvider.ecKey()).statusCode(401);
    ask("RS256", "unknown", IdentityProvider.rsaKey()).statusCode(401);
  }

  @Test
  void tokensOfTheLocalStackMeanNothingHere() {
    given().auth().oauth2(Tokens.of("jane", "buyer")).get("/api/v1/probe").then().statusCode(401);
  }

  private static ValidatableResponse ask(String algorithm, String keyId, PrivateKey key) {
    String header = "{\"alg\": \"%s\", \"kid\": \"%s\"}".formatted(algorithm, keyId);
    return given()
        .auth()
        .oauth2(Forgery.signed(header, Forgery.claims("jane") + "}", key))
        .get("/api/v1/probe")
        .then();
  }
}
