package dev.earnest.bench;

import dev.earnest.local.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Measures whole lifecycles, from a task's creation to the agent's pay, over HTTP on the running
/// marketplace; and beside it, on the same PostgreSQL, what a bare client does in the same time with
/// the same statements in the same transactions: the limit.
public final class Bench {
  private final Options options;
  private final Ground ground;

  private Bench(Options options, Ground ground) {
    this.options = options;
    this.ground = ground;
  }

  public static void main(String[] words) {
    try {
      List<String> given = List.of(words);
      boolean good =
          switch (given.isEmpty() ? "" : given.getFirst()) {
            case "streams" -> StreamBench.run(Options.of(given.subList(1, given.size())));
            case "webhooks" -> WebhookBench.run(Options.of(given.subList(1, given.size())));
            case "claims" -> ClaimsBench.run(Options.of(given.subList(1, given.size())));
            case "holds" ->
                HoldsBench.of(
                        given.subList(1, given.size()),
                        Path.of(System.getProperty("earnest.root")),
                        Path.of(System.getProperty("earnest.home")))
                    .run();
            default -> new Bench(Options.of(given), Ground.ready()).run();
          };
      if (!good) {
        System.exit(1);
      }
    } catch (StackException | SQLException | IOException e) {
      System.err.println("earnest: " + e.getMessage());
      System.exit(1);
    }
  }

  /// @return whether the ledger check was clean
  private boolean run() throws SQLException, IOException {
    System.out.printf(
        "%d people for %d s, after %d s of warm-up; the marketplace first, then the limit …%n",
        options.people(), options.measured().toSeconds(), options.warmUp().toSeconds());
    Measured marketplace = marketplace();
    boolean ledgerOk =
        Client.expect(200, ground.market().get(Ground.ADMIN, "/api/v1/admin/ledger/check"))
            .body()
            .at("/check/ok")
            .asBoolean();
    Report report = new Report(options, marketplace, limit(), ledgerOk);
    Path file = ground.results("latest.json");
    report.write(file);
    System.out.print(report.table());
    System.out.println(file);
    return ledgerOk;
  }

  private Measured marketplace() {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < options.people(); i++) {
      people.add(new Client(ground.market(), Ground.ADMIN));
    }
    return new Load(options).run(people);
  }

  private Measured limit() throws SQLException {
    Script script = Script.read();
    List<Replay> people = new ArrayList<>();
    try (Scratch scratch = Scratch.create(ground.postgres(), ground.repository())) {
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
}
