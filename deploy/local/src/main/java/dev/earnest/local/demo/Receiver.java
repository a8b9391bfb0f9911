package dev.earnest.local.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A buyer's webhook receiver: takes only what is signed with the buyer's secret.
final class Receiver implements AutoCloseable {
  private final Webhook signatures;
  private final HttpServer server;
  private final Map<String, Boolean> verifiedByType = new ConcurrentHashMap<>();

  Receiver(String secret) throws IOException {
    signatures = signedWith(secret);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/webhooks/earnest", this::receive);
    server.start();
  }

  private static Webhook signedWith(String secret) {
    try {
      return new Webhook(secret);
    } catch (EmptyWebhookSecretException e) {
      throw new StackException("the signing secret is empty", e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/earnest";
  }

  /// Whether an event of this type came and its signature was right.
  boolean hasVerified(String type) {
    return verifiedByType.getOrDefault(type, false);
  }

  private void receive(HttpExchange request) throws IOException {
    String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean genuine = isGenuine(request, body);
    verifiedByType.put(Marketplace.read(body).path("type").asText(), genuine);
    request.sendResponseHeaders(genuine ? 204 : 401, -1);
    request.close();
  }

  private boolean isGenuine(HttpExchange request, String body) {
    try {
      signatures.verify(body, HttpHeaders.of(request.getRequestHeaders(), (_, _) -> true).map());
      return true;
    } catch (WebhookVerificationException _) {
      return false;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
