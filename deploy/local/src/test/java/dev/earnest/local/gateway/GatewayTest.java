package dev.earnest.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earnest.local.process.Ports;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServer> servers = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, List<Integer>> replicas = new TreeMap<>();
  private Path backends = Path.of("");
  private int gateway;

  @BeforeEach
  void noReplicasAtFirst() {
    backends = folder.resolve("backends");
    Backends.write(backends, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdownNow();
    servers.forEach(server -> server.stop(0));
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void requestReachesItsServiceAsItWasSent() throws Exception {
    var port =
        serve(exchange -> {
          var headers = exchange.getRequestHeaders();
          var text =
              String.join(
                  "|",
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers.getFirst("Host"),
                  headers.getFirst("X-Forwarded-Host"),
                  headers.getFirst("X-Forwarded-Proto"),
                  headers.getFirst("X-Forwarded-For"),
                  headers.getFirst("Authorization"),
                  body(exchange));
          answer(exchange, 201, text);
        });
    route("task-service", port);

    var request =
        HttpRequest.newBuilder(uri("/api/v1/tasks?a=b%20c"))
            .header("Authorization", "Bearer x")
            .header("X-Forwarded-For", "6.6.6.6")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    var response = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(201);
    var host = "127.0.0.1:" + gateway;
    assertThat(response.body())
        .isEqualTo(
            "POST|/api/v1/tasks?a=b%20c|" + host + "|" + host + "|http|127.0.0.1|Bearer x|{}");
  }

  @Test
  void largeBodiesPassWhole() throws Exception {
    var port = serve(exchange -> answer(exchange, 200, body(exchange)));
    route("task-service", port);
    var body = "x".repeat(10 * 1024 * 1024);

    var response = client.send(post("/api/v1/tasks", body), HttpResponse.BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void answerWithoutABodyPasses() throws Exception {
    var port = serve(exchange -> answer(exchange, 204, ""));
    route("messaging-service", port);

    var response = client.send(get("/api/v1/tasks/1/stream"), HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
  }

  @Test
  void streamArrivesEventByEventAndItsHeadBeforeThem() throws Exception {
    var first = new CountDownLatch(1);
    var second = new CountDownLatch(1);
    var port =
        serve(exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          var out = exchange.getResponseBody();
          out.flush();
          awaitLatch(first);
          out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
          awaitLatch(second);
          out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    route("messaging-service", port);

    var response =
        client
            .sendAsync(
                get("/api/v1/tasks/1/stream?token=t"), HttpResponse.BodyHandlers.ofInputStream())
            .get(10, TimeUnit.SECONDS);
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      first.countDown();
      assertThat(lines.readLine()).isEqualTo("data: one");
      second.countDown();
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("data: two");
    }
  }

  @Test
  void readerWhoLeavesEndsTheStreamAtTheService() throws Exception {
    var ended = new CountDownLatch(1);
    var port =
        serve(exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try {
            while (ended.getCount() > 0) {
              exchange.getResponseBody().write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              Thread.onSpinWait();
            }
          } finally {
            ended.countDown();
          }
        });
    route("messaging-service", port);

    client
        .send(get("/api/v1/tasks/1/stream"), HttpResponse.BodyHandlers.ofInputStream())
        .body()
        .close();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void deadServiceIsAProblemAtOnce() throws Exception {
    route("escrow-service", Ports.free());
    var started = System.nanoTime();

    var response =
        client.send(post("/api/v1/wallet/deposits", "{}"), HttpResponse.BodyHandlers.ofString());

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body())
        .contains(
            "\"code\":\"service_unavailable\"",
            "\"success\":false",
            "\"instance\":\"/api/v1/wallet/deposits\"");
  }

  @Test
  void serviceThatDiesWhileItWorksIsAProblemToo() throws Exception {
    var port = serve(HttpExchange::close);
    route("task-service", port);

    var response = client.send(get("/api/v1/tasks"), HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(503);
  }

  @Test
  void unknownPathIsNotFound() throws Exception {
    var response = client.send(get("/nowhere?token=secret"), HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body())
        .contains("\"code\":\"not_found\"")
        .doesNotContain("secret", "success");
  }

  @Test
  void replicasTakeTurnsAndDeadOnesAreSkipped() throws Exception {
    var one = new AtomicInteger();
    var two = new AtomicInteger();
    var first = serve(exchange -> answer(exchange, 200, "" + one.incrementAndGet()));
    var second = serve(exchange -> answer(exchange, 200, "" + two.incrementAndGet()));
    route("task-service", first, Ports.free(), second);

    for (var i = 0; i < 30; i++) {
      var response = client.send(get("/api/v1/tasks"), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
    }

    assertThat(one.get() + two.get()).isEqualTo(30);
    assertThat(one.get()).isBetween(5, 25);
  }

  @Test
  void readyOnlyWhenAllServicesAre() throws Exception {
    var ready = serve(exchange -> answer(exchange, 200, "{}"));
    var unready = serve(exchange -> answer(exchange, 503, "{}"));
    route("task-service", ready);
    route("escrow-service", ready);
    route("dispute-service", unready, ready);
    await()
        .untilAsserted(() -> {
          var response = client.send(get("/q/health/ready"), HttpResponse.BodyHandlers.ofString());
          assertThat(response.statusCode()).isEqualTo(503);
          assertThat(response.body())
              .contains(
                  "{\"name\":\"dispute-service\",\"status\":\"UP\"}",
                  "{\"name\":\"messaging-service\",\"status\":\"DOWN\"}");
        });
    route("messaging-service", ready);
    await()
        .until(() ->
            client.send(get("/q/health/ready"), HttpResponse.BodyHandlers.ofString()).statusCode()
                == 200);
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private int serve(Handler handler) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler::handle);
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  /// Sets the replicas of one service and leaves the others.
  private void route(String service, Integer... ports) {
    replicas.put(service, List.of(ports));
    Backends.write(backends, replicas);
  }

  private URI uri(String path) {
    if (gateway == 0) {
      gateway =
          Gateway.start(vertx, Routes.load(Path.of("../routes.yaml")), backends, 0)
              .toCompletionStage()
              .toCompletableFuture()
              .join()
              .actualPort();
    }
    return URI.create("http://127.0.0.1:" + gateway + path);
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build();
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody went on");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
