package dev.earnest.task.api.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.task.api.v1.LifecycleModel.Answer;
import dev.earnest.task.api.v1.LifecycleModel.Kind;
import dev.earnest.task.api.v1.LifecycleModel.Move;
import dev.earnest.task.api.v1.LifecycleModel.Part;
import dev.earnest.task.api.v1.LifecycleModel.Who;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.Review;
import dev.earnest.testkit.TestKafka;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random moves by random callers, over HTTP and on the model: after each of them both agree on the
/// answer and on where the task stands. `-Dearnest.model.seed=N` replays the sequence of that seed.
@TaskServiceTest
class LifecycleModelResourceTest {
  private static final int SEQUENCES = 60;
  private static final int STEPS = 12;
  private static final int TRIES = 40;
  private static final List<Kind> OVER_HTTP = kinds(false);
  private static final List<Kind> OF_SYSTEM = kinds(true);

  private final String skill = "modelled-" + UUID.randomUUID();
  private final List<String> history = new ArrayList<>();
  private String dispute = "";
  private Market market;
  private Market rival;

  @BeforeEach
  void openMarkets() {
    market = new Market(1_000, skill);
    rival = new Market(1_000, skill);
  }

  static LongStream seeds() {
    @Nullable Long seed = Long.getLong("earnest.model.seed");
    return seed != null ? LongStream.of(seed) : new Random().longs(SEQUENCES);
  }

  private static List<Kind> kinds(boolean system) {
    return Arrays.stream(Kind.values())
        .filter(kind -> (kind.part == Part.SYSTEM) == system)
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theServiceAndTheModelAgree(long seed) {
    Random random = new Random(seed);
    LifecycleModel model =
        new LifecycleModel(
            random.nextBoolean() ? Mode.DIRECT : Mode.OPEN,
            random.nextInt(3) > 0 ? Review.BUYER : Review.NONE,
            random.nextInt(3) > 0);
    String task = create(model);
    history.add("seed %d: %s %s free=%s".formatted(seed, model.mode, model.review, model.free));
    assertSameStanding(task, model);
    for (int step = 0; step < STEPS; step++) {
      Move move = next(random, model);
      Answer expected = model.answer(move);
      history.add("%s %s -> %s".formatted(model.state, move, expected));
      if (expected.isOk()) {
        model.follow(move);
      }
      if (move.by() == Who.SYSTEM) {
        publish(task, move.kind(), model);
      } else {
        assertSameAnswer(send(task, move), expected);
      }
      assertSameStanding(task, model);
    }
  }

  /// Mostly one that takes the task on without ending it, else any.
  private static Move next(Random random, LifecycleModel model) {
    Move any = any(random, model);
    if (random.nextInt(10) < 4) {
      return any;
    }
    for (int i = 0; i < TRIES; i++) {
      Move move = any(random, model);
      if (model.goesOn(move)) {
        return move;
      }
    }
    return any;
  }

  /// What other services would not say is not said: nobody could see that it was refused.
  private static Move any(Random random, LifecycleModel model) {
    Who by = pick(random, List.of(Who.values()));
    Who to = random.nextBoolean() ? Who.OWNER : Who.RIVAL;
    if (by == Who.SYSTEM) {
      Move told = new Move(pick(random, OF_SYSTEM), by, to, null);
      return model.answer(told).isOk() ? told : new Move(Kind.READ, Who.ADMIN, to, null);
    }
    @Nullable Integer attempt =
        switch (random.nextInt(6)) {
          case 0 -> model.attempt;
          case 1 -> model.attempt + 1;
          default -> null;
        };
    return new Move(pick(random, OVER_HTTP), by, to, attempt);
  }

  private static <T> T pick(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String create(LifecycleModel model) {
    String agent = model.mode == Mode.DIRECT ? ", \"agentId\": \"" + market.agent + "\"" : "";
    return market
        .asBuyer()
        .body(
            """
            {"capability": "%s", "mode": "%s", "review": "%s", "maxPrice": %s%s}
            """
                .formatted(skill, model.mode, model.review, model.free ? "0" : "50.00", agent))
        .post("/api/v1/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("task.id");
  }

  private void assertSameAnswer(Response answer, Answer expected) {
    assertThat(answer.statusCode())
        .as(() -> told() + "\n" + answer.asString())
        .isEqualTo(expected.status());
    if (!expected.isOk()) {
      JsonPath problem = answer.jsonPath();
      assertThat(problem.getString("code")).as(this::told).isEqualTo(expected.code());
      assertThat(problem.getString("state"))
          .as(this::told)
          .isEqualTo(expected.state() == null ? null : expected.state().name());
    }
  }

  private void assertSameStanding(String task, LifecycleModel model) {
    assertThat(standing(market.show(task).extract().jsonPath()))
        .as(this::told)
        .isEqualTo(standing(model));
  }

  private static String standing(JsonPath shown) {
    return "%s funded=%s agent=%s attempt=%d revisions=%d"
        .formatted(
            shown.getString("task.status"),
            shown.getBoolean("task.funded"),
            shown.getString("task.agentId"),
            shown.getInt("task.attempt"),
            shown.getInt("task.revisions"));
  }

  private String standing(LifecycleModel model) {
    return "%s funded=%s agent=%s attempt=%d revisions=%d"
        .formatted(
            model.state,
            model.funded,
            model.agent == null ? null : agentOf(model.agent),
            model.attempt,
            model.revisions);
  }

  private String told() {
    return history.stream().collect(joining("\n"));
  }

  /// Says what another service would, and waits until the task has heard it.
  private void publish(String task, Kind kind, LifecycleModel model) {
    switch (kind) {
      case FUND -> market.held(task);
      case DISPUTE -> dispute = market.disputed(task);
      case REDELIVER ->
          settle(
              task,
              "redelivery_agreed",
              """
              {"disputeId": "%s", "taskId": "%s", "agreedBy": "%s"}
              """
                  .formatted(dispute, task, market.buyer));
      case REFUND -> rule(task, "REFUND_BUYER");
      case PAY -> rule(task, "RELEASE_TO_AGENT");
      default -> rule(task, "SPLIT");
    }
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(20))
        .until(() -> standing(market.show(task).extract().jsonPath()).equals(standing(model)));
  }

  private void rule(String task, String resolution) {
    settle(
        task,
        "resolved",
        """
        {"disputeId": "%s", "taskId": "%s", "resolution": "%s", "refundPercentage": 50}
        """
            .formatted(dispute, task, resolution));
  }

  private static void settle(String task, String what, String body) {
    TestKafka.publish("dispute.events", task, "earnest.dispute." + what + ".v1", body);
  }

  private Response send(String task, Move move) {
    RequestSpecification by = caller(move.by());
    String path = "/api/v1/tasks/" + task;
    return switch (move.kind()) {
      case READ -> by.get(path);
      case CLAIM, RETRY, HOLD, RESUME, CANCEL ->
          by.post(path + "/" + move.kind().name().toLowerCase(Locale.ROOT));
      case REASSIGN ->
          by.body("{\"new_agent_id\": \"" + agentOf(move.to()) + "\"}").post(path + "/reassign");
      case GIVE_INPUT -> by.body("{\"message\": \"42\"}").post(path + "/input");
      case APPROVE -> by.body("{\"action\": \"approve\", \"rating\": 4}").post(path + "/review");
      case REQUEST_REVISION -> by.body("{\"action\": \"request_revision\"}").post(path + "/review");
      case RELEASE -> by.body(body(move, "")).post(path + "/release");
      case HEARTBEAT -> by.body(body(move, "")).post(path + "/heartbeat");
      case REQUEST_INPUT ->
          by.body(body(move, "\"question\": \"?\"")).post(path + "/request-input");
      case PROGRESS -> by.body(body(move, "\"progress\": 7")).post(path + "/progress");
      case ARTIFACTS -> by.body(body(move, artifacts())).post(path + "/artifacts");
      case COMPLETE -> by.body(body(move, "\"output\": \"done\"")).put(path + "/complete");
      case FAIL -> by.body(body(move, "\"error_reason\": \"no idea\"")).put(path + "/fail");
      case DELIVER ->
          by.body(body(move, "\"resultSummary\": \"done\""))
              .post("/api/v1/agents/" + agentOf(move.by()) + "/tasks/" + task + "/deliver");
      default -> throw new IllegalArgumentException(move + " is not over HTTP");
    };
  }

  private static String artifacts() {
    return "\"artifacts\": [{\"artifact_type\": \"text\", \"name\": \"a\", \"content\": \"b\"}]";
  }

  private static String body(Move move, String members) {
    String attempt = move.attempt() == null ? "" : "\"attempt\": " + move.attempt();
    return Stream.of(members, attempt)
        .filter(member -> !member.isEmpty())
        .collect(joining(", ", "{", "}"));
  }

  private String agentOf(Who who) {
    return who == Who.RIVAL ? rival.agent : market.agent;
  }

  private RequestSpecification caller(Who who) {
    return switch (who) {
      case BUYER -> market.asBuyer();
      case OWNER -> market.asOwner();
      case RIVAL -> rival.asOwner();
      case STRANGER -> Market.as("stranger", "buyer");
      case ADMIN -> Market.as("root", "admin");
      case SYSTEM -> throw new IllegalArgumentException("the system does not call");
    };
  }
}
