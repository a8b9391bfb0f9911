package dev.earnest.messaging;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.earnest.testkit.WebhookReceiver.Received;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What tests do with webhooks.
public final class Hooks {
  public static final String PATH = "/api/v1/webhooks";

  private Hooks() {}

  /// A subscription to everything.
  public static JsonPath subscribe(String token, String url) {
    return subscribe(token, "{\"url\": \"" + url + "\"}", 201);
  }

  public static JsonPath subscribe(String token, String body, int status) {
    return as(token)
        .contentType(ContentType.JSON)
        .body(body)
        .post(PATH)
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  public static JsonPath patch(String token, String id, String body, int status) {
    return as(token)
        .contentType(ContentType.JSON)
        .body(body)
        .patch(PATH + "/" + id)
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  public static JsonPath get(String token, String id) {
    return as(token).get(PATH + "/" + id).then().statusCode(200).extract().jsonPath();
  }

  public static String type(Received received) {
    return JsonPath.from(received.body()).getString("type");
  }

  /// By a library that nobody here wrote.
  public static void assertVerifies(Received received, String secret) {
    assertThatCode(() -> new Webhook(secret).verify(received.body(), headers(received)))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Webhook(secret).verify(received.body() + " ", headers(received)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  public static void assertDoesNotVerify(Received received, String secret) {
    assertThatCode(() -> new Webhook(secret).verify(received.body(), headers(received)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  /// Waits until so many attempts were made for the buyer of a story, and no more.
  public static void awaitAttempts(Story story, int attempts) {
    await().until(() -> attempts(story) >= attempts);
    assertThat(attempts(story)).isEqualTo(attempts);
  }

  static int attempts(Story story) {
    return story.deliveries().<List<?>>getList("deliveries.attempts").stream()
        .mapToInt(List::size)
        .sum();
  }

  private static HttpHeaders headers(Received received) {
    Map<String, List<String>> headers =
        received.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue())));
    return HttpHeaders.of(headers, (_, _) -> true);
  }
}
