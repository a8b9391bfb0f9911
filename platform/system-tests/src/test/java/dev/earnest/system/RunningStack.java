package dev.earnest.system;

import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one stack that all system tests of a JVM use: four services, PostgreSQL, Kafka and the gateway
/// as processes of their own, in a folder and on ports of their own.
public final class RunningStack {
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
