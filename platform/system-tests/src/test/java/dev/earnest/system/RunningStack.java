package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.testkit.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// The one stack that all system tests of a JVM use: four services, PostgreSQL, Kafka and the gateway
/// as processes of their own, in a folder and on ports of their own.
public final class RunningStack {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final OwnStack OWN = new OwnStack(UpOptions.defaults());
  private static final Marketplace MARKET = OWN.market();

  private RunningStack() {}

  public static Stack stack() {
    return OWN.stack();
  }

  public static Path folder() {
    return OWN.folder();
  }

  public static Marketplace market() {
    return MARKET;
  }

  /// What a service itself says at a path, asked without a token.
  public static String fetch(String service, String path) {
    URI uri = URI.create("http://localhost:" + stack().port(service) + path);
    try {
      HttpResponse<String> answer =
          HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s", uri).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// A service's database, as its administrator.
  public static Connection database(String name) throws SQLException {
    return OWN.database(name);
  }

  /// Puts a record on a topic, as nobody but services should.
  public static void publish(String topic, String key, Map<String, String> headers, String value) {
    TestKafka.publish("127.0.0.1:" + stack().port("kafka"), topic, key, headers, value);
  }

  /// The OpenAPI document of a service, as JSON.
  public static String document(String service) {
    return fetch(service, "/q/openapi?format=json");
  }

  /// Ends a service as a power cut would.
  public static void kill(String service) {
    ProcessHandle process = stack().process(service).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /// What a part takes of the machine's memory.
  static long residentMebibytes(String part) throws IOException, InterruptedException {
    long pid = stack().process(part).orElseThrow().pid();
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(ps.waitFor()).isZero();
    return Long.parseLong(kibibytes.strip()) / 1024;
  }

  /// Starts again what does not run, as a person would.
  public static void restart() {
    stack().up(UpOptions.defaults(), System.out::println);
  }
}
