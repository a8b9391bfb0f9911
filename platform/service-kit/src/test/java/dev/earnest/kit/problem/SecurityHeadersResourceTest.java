package dev.earnest.kit.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.kit.KitTest;
import dev.earnest.testkit.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@KitTest
class SecurityHeadersResourceTest {
  private static final String PROBE = "/api/v1/probe";

  @Test
  void everyAnswerIsDataThatNoPageMayKeepOrRun() {
    check(signedIn().get(PROBE), 200);
    check(signedIn().get(PROBE + "/admin"), 403);
    check(signedIn().get(PROBE + "/nothing"), 404);
    check(signedIn().get(PROBE + "/illegal"), 409);
    check(signedIn().get(PROBE + "/broken"), 500);
    check(signedIn().contentType("application/json").body("{").post(PROBE), 400);
    check(given().get(PROBE), 401);
  }

  @Test
  void headersThatAreTooLargeAreRefused() {
    int status = signedIn().header("X-Long", "x".repeat(20_000)).get(PROBE).statusCode();

    assertThat(status).isEqualTo(431);
  }

  @Test
  void nothingTellsWhatIsRunning() {
    for (Response answer : new Response[] {given().get(PROBE), signedIn().get(PROBE + "/broken")}) {
      assertThat(answer.headers().hasHeaderWithName("Server")).isFalse();
      assertThat(answer.headers().hasHeaderWithName("X-Powered-By")).isFalse();
      assertThat(answer.asString())
          .doesNotContainIgnoringCase("quarkus")
          .doesNotContainIgnoringCase("exception")
          .doesNotContain("\tat ");
    }
  }

  private static void check(Response answer, int status) {
    answer
        .then()
        .statusCode(status)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .header("Referrer-Policy", "no-referrer")
        .header("Strict-Transport-Security", "max-age=31536000")
        .header("Cache-Control", "no-store");
  }

  private static RequestSpecification signedIn() {
    return given().auth().oauth2(Tokens.of("somebody", "buyer"));
  }
}
