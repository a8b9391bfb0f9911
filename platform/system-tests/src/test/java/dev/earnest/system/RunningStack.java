package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The one stack that all system tests of a JVM use: four services, PostgreSQL, Kafka and the gateway
/// as processes of their own, in a folder and on ports of their own.
public final class RunningStack {
  public static final List<String> SERVICES =
      List.of("task-service", "escrow-service", "dispute-service", "messaging-service");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final RunningStack ONE = new RunningStack();

  private final Path folder = temporaryFolder();
  private final Stack stack;
  private final Marketplace market;

  private RunningStack() {
    Path root = Path.of(System.getProperty("earnest.root"));
    stack = new Stack(root, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::reset));
    stack.up(UpOptions.defaults().port(0), System.out::println);
    market =
        new Marketplace(
            stack.url(), person -> stack.token(TokenRequest.of(person.account(), person.roles())));
  }

  public static Stack stack() {
    return ONE.stack;
  }

  public static Path folder() {
    return ONE.folder;
  }

  public static Marketplace market() {
    return ONE.market;
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

  /// Starts again what does not run, as a person would.
  public static void restart() {
    stack().up(UpOptions.defaults(), System.out::println);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("earnest-system-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
