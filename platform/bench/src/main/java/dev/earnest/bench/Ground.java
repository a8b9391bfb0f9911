package dev.earnest.bench;

import dev.earnest.local.Home;
import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.StackException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What is measured on: the running marketplace, started if it does not run.
record Ground(Path repository, Path home, Stack stack, Marketplace market) {
  static final Marketplace.Person ADMIN = new Marketplace.Person("bench-admin", "admin");

  static Ground ready() {
    Path repository = Path.of(System.getProperty("earnest.root"));
    Path home = Path.of(System.getProperty("earnest.home"));
    String port = System.getProperty("earnest.port", "");
    Stack stack = new Stack(repository, home);
    UpOptions up = UpOptions.defaults();
    if (stack.up(port.isEmpty() ? up : up.port(Integer.parseInt(port)), System.out::println)) {
      System.out.println("The marketplace was not running; it is now (./earnest down stops it).");
    }
    Map<Marketplace.Person, String> tokens = new ConcurrentHashMap<>();
    Marketplace market =
        new Marketplace(
            stack.url(),
            person ->
                tokens.computeIfAbsent(
                    person, one -> stack.token(TokenRequest.of(one.account(), one.roles()))));
    return new Ground(repository, home, stack, market);
  }

  /// The running stack's own server.
  Postgres postgres() {
    Path data = new Home(home).folder().resolve("data").resolve("postgres");
    Postgres.Settings settings =
        new Postgres.Settings(data, stack.port("postgres"), stack.log("postgres"), true);
    ProcessHandle process =
        stack.process("postgres").orElseThrow(() -> new StackException("postgres does not run"));
    return Postgres.attach(settings, process);
  }

  String kafka() {
    return "127.0.0.1:" + stack.port("kafka");
  }

  Path results(String file) {
    return home.resolve("bench").resolve(file);
  }
}
