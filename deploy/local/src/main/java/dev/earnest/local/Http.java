package dev.earnest.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks the parts of the stack how they are.
final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private Http() {}

  /// @param status 0 when there was no answer
  record Answer(int status, String body) {}

  static Answer get(int port, String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(3))
            .build();
    try {
      var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException _) {
      return new Answer(0, "");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer(0, "");
    }
  }

  static boolean isReady(int port) {
    return get(port, "/q/health/ready").status() == 200;
  }
}
