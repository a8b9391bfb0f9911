package dev.earnest.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/// A real HTTP server on loopback that keeps what it was sent and answers as it was told (200 when told nothing).
public final class WebhookReceiver implements AutoCloseable {
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param headers by lower-case name, the first value of each
  public record Received(String method, String path, Map<String, String> headers, String body) {
    public Received {
      headers = Map.copyOf(headers);
    }
  }

  /// @param delay before anything is answered
  public record Answer(int status, Map<String, String> headers, String body, Duration delay) {
    public Answer {
      headers = Map.copyOf(headers);
    }

    public static Answer status(int status) {
      return new Answer(status, Map.of(), "", Duration.ZERO);
    }
  }

  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return url("/hook");
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// The next requests get these answers, one each; then it is 200 again.
  public WebhookReceiver answer(Answer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /// From now on it is 200 again.
  public void forgetAnswers() {
    answers.clear();
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /// Waits until at least `count` requests came, and returns all.
  public List<Received> await(int count) {
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(25))
        .atMost(Duration.ofSeconds(20))
        .until(this::received, all -> all.size() >= count);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = new TreeMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      var next = answers.poll();
      var answer = next == null ? Answer.status(200) : next;
      received.add(
          new Received(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
      Thread.sleep(answer.delay());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
