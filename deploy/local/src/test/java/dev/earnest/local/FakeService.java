package dev.earnest.local;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stands in for a service where the stack itself is tested: ready, follows the clock, tells what it was told. Runs
/// from a jar of its own, as a service does.
public final class FakeService {
  private FakeService() {}

  public static void main(String[] arguments) throws Exception {
    var port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    if (Files.exists(Path.of(System.getenv("EARNEST_CLOCK_FILE")).resolveSibling("broken"))) {
      System.err.println("ERROR the fake service was told to fail");
      System.exit(1);
    }
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var clock = Files.readString(Path.of(System.getenv("EARNEST_CLOCK_FILE")));
            var text =
                exchange.getRequestURI().getPath().equals("/q/clock")
                    ? "{\"offsetMillis\": " + clock + "}"
                    : System.getenv("QUARKUS_DATASOURCE_USERNAME") + "@" + port;
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }
}
