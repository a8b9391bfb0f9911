package dev.earnest.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;

/// One service behind the gateway.
final class Origin implements ProxyInterceptor {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int UNAVAILABLE = 503;

  private final String service;
  private final Backends backends;

  private Origin(String service, Backends backends) {
    this.service = service;
    this.backends = backends;
  }

  static HttpProxy proxy(String service, Backends backends, HttpClient client) {
    var origin = new Origin(service, backends);
    return HttpProxy.reverseProxy(client)
        .origin(context -> origin.connect(context))
        .addInterceptor(origin);
  }

  /// The first replica that takes the connection gets the request.
  private Future<HttpClientRequest> connect(ProxyContext context) {
    var request = context.request().proxiedRequest();
    return connect(request, context.client(), backends.candidates(service))
        .onSuccess(call -> follow(request, call));
  }

  private Future<HttpClientRequest> connect(
      HttpServerRequest request, HttpClient client, List<Integer> ports) {
    if (ports.isEmpty()) {
      return Future.failedFuture("no replica of " + service + " takes connections");
    }
    int port = ports.getFirst();
    return client
        .request(request.method(), port, LOOPBACK, request.uri())
        .onSuccess(_ -> backends.alive(port))
        .recover(_ -> {
          backends.dead(port);
          return connect(request, client, ports.subList(1, ports.size()));
        });
  }

  /// A reader that leaves ends its stream at the service at once, not with the next event.
  private static void follow(HttpServerRequest request, HttpClientRequest call) {
    request.response().closeHandler(_ -> call.reset());
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    var given = context.request();
    var from = given.proxiedRequest();
    given.headers().remove(HttpHeaders.EXPECT);
    given.putHeader("X-Forwarded-For", from.remoteAddress().hostAddress());
    given.putHeader("X-Forwarded-Proto", "http");
    var authority = from.authority();
    if (authority != null) {
      given.setAuthority(authority);
      given.putHeader("X-Forwarded-Host", authority.toString());
    }
    return context.sendRequest().recover(_ -> Future.succeededFuture(unavailable(context)));
  }

  /// The head of a stream is sent before its first event, so that the reader knows that it is connected.
  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    var type = context.response().headers().get(HttpHeaders.CONTENT_TYPE);
    var sent = context.sendResponse();
    var response = context.request().proxiedRequest().response();
    if (type != null
        && type.startsWith("text/event-stream")
        && !response.headWritten()
        && !response.ended()) {
      response.write(Buffer.buffer());
    }
    return sent;
  }

  private ProxyResponse unavailable(ProxyContext context) {
    var path = context.request().proxiedRequest().path();
    var problem =
        Problems.body(
            UNAVAILABLE,
            "service_unavailable",
            service + " does not answer; try again soon.",
            path);
    return context
        .request()
        .release()
        .response()
        .setStatusCode(UNAVAILABLE)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .putHeader(HttpHeaders.RETRY_AFTER, "1")
        .setBody(Body.body(problem));
  }
}
