package dev.earnest.bench;

import dev.earnest.local.Home;
import dev.earnest.local.Stack;
import dev.earnest.local.UpOptions;
import dev.earnest.local.client.Marketplace;
import dev.earnest.local.identity.TokenRequest;
import dev.earnest.local.postgres.Postgres;
import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Measures whole lifecycles, from a task's creation to the agent's pay, over HTTP on the running
/// marketplace; and beside it, on the same PostgreSQL, what a bare client does in the same time with
/// the same statements in the same transactions: the limit.
public final class Bench {
  private final Options options;
  private final Path repository;
  private final Path home;
  private final Stack stack;

  private Bench(Options options, Path repository, Path home) {
    this.options = options;
    this.repository = repository;
    this.home = home;
    this.stack = new Stack(repository, home);
  }

  public static void main(String[] words) {
    try {
      Options options = Options.of(List.of(words));
      Path repository = Path.of(System.getProperty("earnest.root"));
      Bench bench = new Bench(options, repository, Path.of(System.getProperty("earnest.home")));
      if (!bench.run(System.getProperty("earnest.port", ""))) {
        System.exit(1);
      }
    } catch (StackException | SQLException | IOException e) {
      System.err.println("earnest: " + e.getMessage());
      System.exit(1);
    }
  }

  /// @return whether the ledger check was clean
  private boolean run(String port) throws SQLException, IOException {
    UpOptions up = UpOptions.defaults();
    if (stack.up(port.isEmpty() ? up : up.port(Integer.parseInt(port)), System.out::println)) {
      System.out.println("The marketplace was not running; it is now (./earnest down stops it).");
    }
    System.out.printf(
        "%d people for %d s, after %d s of warm-up; the marketplace first, then the limit …%n",
        options.people(), options.measured().toSeconds(), options.warmUp().toSeconds());
    Map<Marketplace.Person, String> tokens = new ConcurrentHashMap<>();
    Marketplace market =
        new Marketplace(stack.url(), person -> tokens.computeIfAbsent(person, this::token));
    Marketplace.Person admin = new Marketplace.Person("bench-admin", "admin");
    Measured marketplace = marketplace(market, admin);
    boolean ledgerOk =
        Client.expect(200, market.get(admin, "/api/v1/admin/ledger/check"))
            .body()
            .at("/check/ok")
            .asBoolean();
    Report report = new Report(options, marketplace, limit(), ledgerOk);
    Path file = home.resolve("bench").resolve("latest.json");
    report.write(file);
    System.out.print(report.table());
    System.out.println(file);
    return ledgerOk;
  }

  private Measured marketplace(Marketplace market, Marketplace.Person admin) {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < options.people(); i++) {
      people.add(new Client(market, admin));
    }
    return new Load(options).run(people);
  }

  private Measured limit() throws SQLException {
    Script script = Script.read();
    List<Replay> people = new ArrayList<>();
    try (Scratch scratch = Scratch.create(postgres(), repository)) {
      for (int i = 0; i < options.people(); i++) {
        people.add(new Replay(script, scratch));
      }
      Measured measured = new Load(options).run(people);
      for (Replay person : people) {
        person.close();
      }
      return measured;
    }
  }

  /// The running stack's own server.
  private Postgres postgres() {
    Path data = new Home(home).folder().resolve("data").resolve("postgres");
    Postgres.Settings settings =
        new Postgres.Settings(data, stack.port("postgres"), stack.log("postgres"), true);
    ProcessHandle process =
        stack.process("postgres").orElseThrow(() -> new StackException("postgres does not run"));
    return Postgres.attach(settings, process);
  }

  private String token(Marketplace.Person person) {
    return stack.token(TokenRequest.of(person.account(), person.roles()));
  }
}
