package dev.earnest.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The one address of the marketplace: sends each path to its service as the routing table says, streams included.
///
/// It logs no request at all: a stream's address may carry a token.
public final class Gateway {
  private static final Logger LOG = Logger.getLogger(Gateway.class.getName());
  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_CONNECTIONS_PER_REPLICA = 8_000;
  private static final long REREAD_MILLIS = 200;

  private final Routes routes;
  private final Map<String, HttpProxy> proxies = new HashMap<>();
  private final Readiness readiness;
  private final HttpServer server;

  private Gateway(Vertx vertx, Routes routes, Path backendsFile) {
    this.routes = routes;
    var backends = new Backends(backendsFile);
    vertx.setPeriodic(REREAD_MILLIS, _ -> backends.reread());
    var client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(1_000).setMaxHeaderSize(MAX_HEADER_BYTES),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_REPLICA));
    routes
        .services()
        .forEach(service -> proxies.put(service, Origin.proxy(service, backends, client)));
    readiness = new Readiness(client, backends, routes.services());
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHandle100ContinueAutomatically(true)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setMaxInitialLineLength(MAX_HEADER_BYTES))
            .requestHandler(this::handle);
  }

  /// @param port 0 for any free one; the server says which
  static Future<HttpServer> start(Vertx vertx, Routes routes, Path backends, int port) {
    return new Gateway(vertx, routes, backends).server.listen(port, "127.0.0.1");
  }

  /// @param arguments port, routing table, file with the services' ports
  public static void main(String[] arguments) {
    var vertx = Vertx.vertx();
    start(
            vertx,
            Routes.load(Path.of(arguments[1])),
            Path.of(arguments[2]),
            Integer.parseInt(arguments[0]))
        .onFailure(failure -> {
          LOG.log(Level.SEVERE, "the gateway did not start: {0}", failure.getMessage());
          System.exit(1);
        });
  }

  private void handle(HttpServerRequest request) {
    var path = request.path();
    if (path != null && path.equals("/q/health/ready")) {
      readiness.answer(request);
      return;
    }
    var service = path == null ? null : routes.service(path).orElse(null);
    var proxy = service == null ? null : proxies.get(service);
    if (proxy == null) {
      request
          .response()
          .setStatusCode(404)
          .putHeader("content-type", Problems.MEDIA_TYPE)
          .end(Problems.body(404, "not_found", "Nothing is found here.", String.valueOf(path)));
      return;
    }
    proxy.handle(request);
  }
}
