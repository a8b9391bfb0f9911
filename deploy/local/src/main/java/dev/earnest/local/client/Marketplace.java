package dev.earnest.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The marketplace as its clients see it: JSON over HTTP through the gateway.
public class Marketplace {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Amounts stay exact: 50.00 is read as 50.00.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final Function<Person, String> tokens;

  /// @param tokens makes a bearer token for a person
  public Marketplace(String url, Function<Person, String> tokens) {
    this.url = url;
    this.tokens = tokens;
  }

  /// Whoever calls: the token's subject and roles.
  public record Person(String account, String... roles) {}

  /// @param body null when the answer had none
  public record Answer(int status, JsonNode body) {
    /// The member at a JSON pointer such as `/task/status`, as text.
    public String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  public Answer get(Person person, String path) {
    return send(person, "GET", path, null);
  }

  public Answer post(Person person, String path, String body) {
    return send(person, "POST", path, body);
  }

  public Answer post(Person person, String path) {
    return send(person, "POST", path, null);
  }

  public Answer send(Person person, String method, String path, @Nullable String body) {
    return send(person, method, path, body, null);
  }

  /// @param key the Idempotency-Key, so that the request may be sent again
  public final Answer send(
      Person person, String method, String path, @Nullable String body, @Nullable String key) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        request(person, path)
            .header("Content-Type", "application/json")
            .timeout(TIMEOUT)
            .method(method, publisher);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), read(response.body()));
  }

  /// Opens an event stream; the caller reads it line by line and closes it.
  public HttpResponse<InputStream> stream(
      Person person, String path, @Nullable String lastEventId) {
    HttpRequest.Builder request = request(person, path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  public static JsonNode read(String json) {
    try {
      return json.isBlank() ? JSON.missingNode() : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + json, e);
    }
  }

  private HttpRequest.Builder request(Person person, String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + tokens.apply(person));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
