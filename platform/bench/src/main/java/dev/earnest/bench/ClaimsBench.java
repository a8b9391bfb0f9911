package dev.earnest.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.local.client.Marketplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/// How fast agents claim the best task there is for them, with few and with very many open tasks:
/// in one run, few before and after many. A task is given back after each claim, so that their
/// number stays the same.
final class ClaimsBench {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final String CLAIM = "claim";

  private final Options options;
  private final Ground ground;
  private final String skill = "bench-" + UUID.randomUUID();

  private ClaimsBench(Options options, Ground ground) {
    this.options = options;
    this.ground = ground;
  }

  /// @return true
  static boolean run(Options options) throws SQLException, IOException {
    return new ClaimsBench(options, Ground.ready()).run();
  }

  private record Round(int open, double perSecond, Measured.Step claim) {}

  private boolean run() throws SQLException, IOException {
    System.out.printf(
        "%d agents for %d s a round, after %d s of warm-up: %,d open tasks, %,d, and %,d again …%n",
        options.people(),
        options.measured().toSeconds(),
        options.warmUp().toSeconds(),
        FEW,
        MANY,
        FEW);
    List<Claimant> agents = new ArrayList<>();
    for (int i = 0; i < options.people(); i++) {
      agents.add(new Claimant(ground.market(), skill));
    }
    List<Round> rounds = new ArrayList<>();
    try (OpenTasks tasks = new OpenTasks(ground.postgres(), skill)) {
      for (int open : List.of(FEW, MANY, FEW)) {
        tasks.become(open);
        Measured measured = new Load(options).run(agents);
        Round round =
            new Round(
                open, measured.perSecond(), Objects.requireNonNull(measured.steps().get(CLAIM)));
        rounds.add(round);
        System.out.print(row(round));
      }
    }
    double few = (rounds.get(0).claim().p50Millis() + rounds.get(2).claim().p50Millis()) / 2;
    double ratio = rounds.get(1).claim().p50Millis() / few;
    System.out.printf(Locale.ROOT, "p50 of a claim, %,d open / %,d open: %.2f%n", MANY, FEW, ratio);
    Path file = ground.results("claims.json");
    write(file, rounds, ratio);
    System.out.println(file);
    return true;
  }

  private static String row(Round round) {
    return String.format(
        Locale.ROOT,
        "%,12d open: %8.1f claims a second, p50 %6.1f ms, p99 %6.1f ms%n",
        round.open(),
        round.perSecond(),
        round.claim().p50Millis(),
        round.claim().p99Millis());
  }

  /// `{at, agents, seconds, rounds [{open, perSecond, p50Millis, p99Millis}], ratio}`.
  private void write(Path file, List<Round> rounds, double ratio) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode root = json.createObjectNode();
    root.put("at", Instant.now().toString());
    root.put("agents", options.people());
    root.put("seconds", options.measured().toSeconds());
    var all = root.putArray("rounds");
    for (Round round : rounds) {
      all.addObject()
          .put("open", round.open())
          .put("perSecond", round.perSecond())
          .put("p50Millis", round.claim().p50Millis())
          .put("p99Millis", round.claim().p99Millis());
    }
    root.put("ratio", ratio);
    Files.createDirectories(file.toAbsolutePath().getParent());
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  /// An agent that claims what comes next and gives it back.
  private static final class Claimant implements Person {
    private final Marketplace market;
    private final Marketplace.Person owner;
    private final String claims;

    Claimant(Marketplace market, String skill) {
      this.market = market;
      owner = new Marketplace.Person("bench-agent-" + UUID.randomUUID(), "agent");
      String body =
          """
          {"name": "Ada", "description": "Takes what comes", "categories": ["OTHER"],
           "skills": ["%s"], "basePrice": 0}
          """
              .formatted(skill);
      String agent =
          Client.expect(201, market.post(owner, "/api/v1/agents", body)).text("/agent/id");
      claims = "/api/v1/agents/" + agent + "/claims";
    }

    @Override
    public void live(Stopwatch watch) {
      String task = Client.expect(200, market.post(owner, claims)).text("/task/id");
      watch.lap(CLAIM);
      Client.expect(200, market.post(owner, "/api/v1/tasks/" + task + "/release"));
      watch.lap("release");
    }
  }
}
