package dev.earnest.system;

import static dev.earnest.system.Life.expect;

import dev.earnest.local.client.Marketplace;
import dev.earnest.local.client.Marketplace.Answer;
import dev.earnest.local.client.Marketplace.Person;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// A task in dispute, with work delivered, and what people do about it.
public final class Trial {
  /// The only five on the running stack who would sit on juries.
  private static final List<Person> JURORS =
      Stream.generate(() -> new Person("juror-" + UUID.randomUUID(), "agent")).limit(5).toList();

  final Life life;
  private final Marketplace market = RunningStack.market();
  private final String dispute;

  private Trial(Life life) {
    this.life = life;
    this.dispute = life.dispute();
  }

  /// Work worth 50.00, all that the buyer has, is delivered and disputed.
  static Trial inNegotiation() {
    return of(new Life().register().deposit("50.00").create("50.00"));
  }

  static Trial of(Life created) {
    Trial trial = new Trial(created.awaitStatus("EXECUTING").deliver());
    trial.life.awaitStatus("DISPUTED");
    return trial.awaitStatus("NEGOTIATION");
  }

  public static List<Person> jurors() {
    return JURORS;
  }

  /// Returns when juries can be drawn from five accounts.
  public static void callJurors() {
    String body =
        """
        {"name": "Themis", "description": "Judges", "categories": ["OTHER"], "juror": true,
         "basePrice": 1.00, "pricingModel": "PER_TASK"}
        """;
    JURORS.forEach(juror -> expect(201, RunningStack.market().post(juror, "/api/v1/agents", body)));
    Life.await().until(() -> inNegotiation().silence().text("/dispute/status").equals("JURY"));
  }

  Trial awaitStatus(String status) {
    Life.await().until(() -> text("/dispute/status"), status::equals);
    return this;
  }

  /// Nobody does anything for a day: the next tier has it.
  Trial silence() {
    RunningStack.stack().clock("+24h");
    Life.await().until(() -> !text("/dispute/status").equals("NEGOTIATION"));
    return this;
  }

  /// What the buyer reads of the dispute, at a JSON pointer.
  String text(String pointer) {
    return expect(200, market.get(life.buyer, path(""))).text(pointer);
  }

  String offer(Person person, String terms) {
    return expect(201, market.post(person, path("/offers"), terms)).text("/offer/id");
  }

  Trial accept(Person person, String offer) {
    expect(200, market.post(person, path("/offers/" + offer + "/accept")));
    return this;
  }

  Trial escalate(Person person) {
    expect(200, market.post(person, path("/escalate")));
    return this;
  }

  /// The first jurors vote, each one word.
  Trial vote(String... words) {
    for (int i = 0; i < words.length; i++) {
      String body = "{\"vote\": \"%s\", \"comment\": \"as I see it\"}".formatted(words[i]);
      expect(201, market.post(JURORS.get(i), path("/votes"), body));
    }
    return this;
  }

  Trial rule(String resolution, String percentage) {
    expect(200, tryRule(resolution, percentage));
    return this;
  }

  Answer tryRule(String resolution, String percentage) {
    return life.tryResolve(
        dispute,
        "{\"resolution\": \"%s\", \"notes\": \"as seen\", \"refundPercentage\": %s}"
            .formatted(resolution, percentage));
  }

  private String path(String more) {
    return "/api/v1/disputes/" + dispute + more;
  }
}
