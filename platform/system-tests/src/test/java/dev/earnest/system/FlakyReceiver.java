package dev.earnest.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earnest.local.client.Marketplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/// A receiver of webhooks that takes most of them, refuses some, hangs up on some and is slow with
/// some; and remembers all, in their order.
public final class FlakyReceiver implements AutoCloseable {
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param id the webhook's
  /// @param nanos when it was taken, 0 when it was not
  public record Call(String id, String task, String type, long nanos) {}

  public FlakyReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// How many different webhooks were taken.
  public int taken() {
    return taken.size();
  }

  /// Returns when what is due now has been sent.
  public void awaitQuiet() {
    int[] seen = {-1};
    Awaitility.await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofMinutes(2))
        .until(() -> {
          int before = seen[0];
          seen[0] = calls.size();
          return seen[0] == before;
        });
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    JsonNode body =
        Marketplace.read(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String task = body.at("/data/task/id").asText();
    String type = body.path("type").asText();
    int luck = ThreadLocalRandom.current().nextInt(100);
    boolean takes = luck >= 8;
    calls.add(new Call(id, task, type, takes ? System.nanoTime() : 0));
    try (exchange) {
      if (luck >= 97) {
        Thread.sleep(300);
      }
      if (luck >= 3) {
        exchange.sendResponseHeaders(takes ? 204 : 500, -1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (takes) {
      taken.putIfAbsent(id, System.nanoTime());
    }
  }
}
