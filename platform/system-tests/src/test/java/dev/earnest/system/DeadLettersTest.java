package dev.earnest.system;

import static dev.earnest.system.Life.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.earnest.local.client.Marketplace;
import dev.earnest.testkit.TestKafka;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a service cannot handle is parked where an operator sees it, holds up nobody else, and is
/// handled when its cause is mended and the operator says so.
class DeadLettersTest {
  private static final String LETTERS = "/api/v1/admin/dead-letters";
  private static final String TASKS = "task.events";
  private static final List<String> LISTENERS =
      List.of("dispute-service", "escrow-service", "messaging-service");

  private final Marketplace market = RunningStack.market();
  private final String key = UUID.randomUUID().toString();

  @AfterEach
  void booksBalance() {
    Life.assertLedgerIsClean();
  }

  @Test
  void recordThatIsNoEventIsParkedAndThePartitionGoesOn() {
    RunningStack.publish(TASKS, key, Map.of(), "\u0000 no JSON {");

    List<JsonNode> letters = awaitLetters(LISTENERS);

    assertThat(letters).allMatch(one -> one.path("reason").asText().contains("not a CloudEvent"));
    liveOneLife();
  }

  @Test
  void eventOfAVersionThatNobodyKnowsIsParkedAndFailsAgain() {
    String type = "earnest.task.created.v99";
    Map<String, String> headers = TestKafka.headers(UUID.randomUUID().toString(), type, key);
    RunningStack.publish(TASKS, key, headers, "{}");

    JsonNode letter = awaitLetters(LISTENERS).getFirst();

    assertThat(letter.path("type").asText()).isEqualTo(type);
    assertThat(letter.path("reason").asText()).contains("UnknownVersion");
    expect(202, replay(letter));
    Life.await()
        .untilAsserted(() -> {
          JsonNode now = letter(letter.path("id").asText());
          assertThat(now.path("attempts").asInt()).isEqualTo(1);
          assertThat(now.path("state").asText()).isEqualTo("PARKED");
        });
    liveOneLife();
  }

  /// Escrow's database refuses the hold of one task. Once it no longer does, the operator's replay
  /// lets that task go on from where it was.
  @Test
  void eventThatAlwaysFailsHasItsEffectOnceWhenItsCauseIsMended() throws SQLException {
    Life life = new Life().register().deposit("50.00");
    refuseHoldsOf(life.buyer.account());
    try {
      life.create("50.00");
      JsonNode letter = awaitLetters(List.of("escrow-service"), life.task()).getFirst();
      assertThat(letter.path("reason").asText()).contains("no hold for you");
      awaitGauge();
      liveOneLife();
      assertThat(life.status()).isEqualTo("PENDING");

      acceptHolds();
      expect(202, replay(letter));

      life.awaitStatus("EXECUTING").deliver().approve().awaitBalances("0", "47.50");
      String id = letter.path("id").asText();
      Life.await().until(() -> letter(id).path("state").asText(), "REPLAYED"::equals);
      expect(409, replay(letter));
      awaitGauge();
    } finally {
      acceptHolds();
    }
  }

  private void liveOneLife() {
    new Life()
        .register()
        .deposit("50.00")
        .create("50.00")
        .awaitStatus("EXECUTING")
        .deliver()
        .approve()
        .awaitBalances("0", "47.50");
  }

  private List<JsonNode> awaitLetters(List<String> services) {
    return awaitLetters(services, key);
  }

  /// What each of these services parked of a key, in their order.
  private List<JsonNode> awaitLetters(List<String> services, String ofKey) {
    List<JsonNode> letters = new ArrayList<>();
    Life.await()
        .untilAsserted(() -> {
          letters.clear();
          for (String service : services) {
            parked("&topic=" + TASKS + "&service=" + service)
                .forEach(letter -> {
                  if (letter.path("key").asText().equals(ofKey)) {
                    letters.add(letter);
                  }
                });
          }
          assertThat(letters).hasSameSizeAs(services);
        });
    return letters;
  }

  private Marketplace.Answer replay(JsonNode letter) {
    return market.post(Life.ADMIN, LETTERS + "/" + letter.path("id").asText() + "/replay");
  }

  private JsonNode letter(String id) {
    return expect(200, market.get(Life.ADMIN, LETTERS + "/" + id)).body().path("deadLetter");
  }

  /// The metric says what the list says.
  private void awaitGauge() {
    Life.await().until(() -> gauge() == parked("&service=escrow-service").size());
  }

  private JsonNode parked(String filter) {
    String list = LETTERS + "?state=PARKED&limit=100" + filter;
    return expect(200, market.get(Life.ADMIN, list)).body().path("deadLetters");
  }

  private static long gauge() {
    return RunningStack.fetch("escrow-service", "/q/metrics")
        .lines()
        .filter(line -> line.startsWith("earnest_dead_letters_parked"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .map(Double::parseDouble)
        .mapToLong(Double::longValue)
        .sum();
  }

  private static void refuseHoldsOf(String buyer) throws SQLException {
    execute(
        """
        CREATE FUNCTION refuse_hold() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no hold for you'; END $$;
        CREATE TRIGGER refuse_hold BEFORE INSERT ON holds
          FOR EACH ROW WHEN (NEW.buyer = '%s') EXECUTE FUNCTION refuse_hold()
        """
            .formatted(buyer));
  }

  private static void acceptHolds() throws SQLException {
    execute("DROP FUNCTION IF EXISTS refuse_hold() CASCADE");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection database = RunningStack.database("escrow");
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
