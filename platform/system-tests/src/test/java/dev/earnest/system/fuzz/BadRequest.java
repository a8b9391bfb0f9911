package dev.earnest.system.fuzz;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request, and what is wrong with it.
final class BadRequest {
  private static final int MOST_SHOWN = 300;

  final String method;
  String path;
  final Map<String, String> headers = new LinkedHashMap<>();
  byte[] body = {};
  String sentAs;
  final List<String> oddities = new ArrayList<>();

  BadRequest(String method, String path) {
    this.method = method;
    this.sentAs = method;
    this.path = path;
  }

  HttpRequest to(String url, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(timeout)
            .method(
                sentAs,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }

  /// Without the token.
  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    String whole = sentAs + " " + path + " " + oddities + " " + text;
    return whole.length() <= MOST_SHOWN ? whole : whole.substring(0, MOST_SHOWN) + "…";
  }
}
