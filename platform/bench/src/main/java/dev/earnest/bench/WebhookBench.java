package dev.earnest.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// From a change of a task to the first byte at a webhook receiver, at 100 changes a second. The
/// time begins with the event's own, which is taken just before the change is committed: what comes
/// out is rather too long than too short.
final class WebhookBench {
  private static final int BUYERS = 10;
  private static final int TASKS = 5;
  private static final String EVENT =
      "platform/contracts/src/main/resources/contracts/earnest.task.progressed.v1.example.json";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private WebhookBench() {}

  /// @return true
  static boolean run(Options options) throws SQLException, IOException {
    Ground ground = Ground.ready();
    Latencies heard = new Latencies();
    Latencies relayed = new Latencies();
    AtomicLong arrived = new AtomicLong();
    String event = Files.readString(ground.repository().resolve(EVENT));
    System.out.printf(
        "%d changes a second for %d s, after %d s of warm-up …%n",
        Changes.PER_SECOND, options.measured().toSeconds(), options.warmUp().toSeconds());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        BareRelay relay = new BareRelay(ground, event, relayed)) {
      server.setExecutor(threads);
      server.createContext("/", exchange -> receive(exchange, heard, arrived));
      server.start();
      Changes changes = new Changes(ground.market(), BUYERS, TASKS);
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
      changes.buyers().forEach(buyer -> subscribe(ground.market(), buyer, url));
      changes.make(options.warmUp(), relay);
      await(arrived, options.warmUp().toSeconds() * Changes.PER_SECOND);
      heard.open();
      relayed.open();
      changes.make(options.measured(), relay);
      long all = options.warmUp().plus(options.measured()).toSeconds() * Changes.PER_SECOND;
      await(arrived, all);
    } finally {
      server.stop(0);
    }
    LatencyReport report = new LatencyReport("webhook receiver", heard, relayed);
    Path file = ground.results("webhooks.json");
    report.write(file);
    System.out.print(report.table());
    System.out.println(file);
    return true;
  }

  private static void subscribe(Marketplace market, Marketplace.Person buyer, String url) {
    String body = "{\"url\": \"%s\", \"events\": [\"task.updated\"]}".formatted(url);
    Client.expect(201, market.post(buyer, "/api/v1/webhooks", body));
  }

  private static void receive(HttpExchange exchange, Latencies heard, AtomicLong arrived)
      throws IOException {
    Instant now = Instant.now();
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(204, -1);
      Instant changed = Instant.parse(Marketplace.read(body).path("timestamp").asText());
      Duration took = Duration.between(changed, now);
      if (took.isNegative()) {
        throw new StackException("the services' clock was moved: ./earnest clock reset");
      }
      heard.add(took.toNanos());
      arrived.incrementAndGet();
    }
  }

  private static void await(AtomicLong arrived, long all) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (arrived.get() < all) {
      if (System.nanoTime() - end > 0) {
        throw new StackException("only %d of %d webhooks came".formatted(arrived.get(), all));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
