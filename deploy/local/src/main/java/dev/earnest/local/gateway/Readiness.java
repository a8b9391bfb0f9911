package dev.earnest.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// `/q/health/ready`: the marketplace is ready when at least one replica of each service is.
final class Readiness {
  private static final long PATIENCE_MILLIS = 2_000;

  private final HttpClient client;
  private final Backends backends;
  private final List<String> services;

  Readiness(HttpClient client, Backends backends, List<String> services) {
    this.client = client;
    this.backends = backends;
    this.services = services;
  }

  void answer(HttpServerRequest request) {
    var checks = services.stream().map(service -> anyReady(backends.candidates(service))).toList();
    Future.join(checks)
        .onComplete(_ -> send(request, checks.stream().map(Future::result).toList()));
  }

  private void send(HttpServerRequest request, List<Boolean> ready) {
    var checks = new JsonArray();
    for (var i = 0; i < services.size(); i++) {
      checks.add(new JsonObject().put("name", services.get(i)).put("status", word(ready.get(i))));
    }
    var all = ready.stream().allMatch(Boolean::booleanValue);
    request
        .response()
        .setStatusCode(all ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(new JsonObject().put("status", word(all)).put("checks", checks).toBuffer());
  }

  private Future<Boolean> anyReady(List<Integer> ports) {
    if (ports.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return isReady(ports.getFirst())
        .compose(ready ->
            ready ? Future.succeededFuture(true) : anyReady(ports.subList(1, ports.size())));
  }

  private Future<Boolean> isReady(int port) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/q/health/ready")
            .setTimeout(PATIENCE_MILLIS);
    return client
        .request(options)
        .compose(request -> request.send())
        .compose(response -> response.body().map(_ -> response.statusCode() == 200))
        .otherwise(false);
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
