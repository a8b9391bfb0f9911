package dev.earnest.task.api.board;

import static dev.earnest.task.api.board.Crew.at;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tasks that people and agents move from column to column.
@TaskServiceTest
class BoardMovesResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  @ParameterizedTest(name = "{0} to {1}: {2} {3}")
  @CsvSource({
    "todo, todo, 409, illegal_state",
    "todo, in_progress, 409, no_agent",
    "todo, done, 200, done",
    "todo, cancelled, 200, cancelled",
    "kept, in_progress, 200, in_progress",
    "claimed, todo, 200, todo",
    "claimed, in_progress, 409, illegal_state",
    "claimed, done, 200, done",
    "claimed, cancelled, 200, cancelled",
    "done, todo, 409, illegal_state",
    "done, in_progress, 409, illegal_state",
    "done, done, 409, illegal_state",
    "done, cancelled, 409, illegal_state",
    "asking, in_progress, 409, awaiting_input",
    "asking, todo, 409, illegal_state",
    "asking, done, 409, illegal_state",
    "asking, cancelled, 200, cancelled",
    "held, in_progress, 200, in_progress",
    "held, cancelled, 200, cancelled"
  })
  void move(String from, String to, int status, String word) {
    String task = in(from);
    var answer = crew.move(crew.asMember(), task, to).statusCode(status);
    String shown = status == 200 ? word : from.equals("done") ? "done" : isTodo(from);
    if (status == 409) {
      answer.body("code", equalTo(word)).body("detail", containsString(" "));
    }
    crew.show(task).body("status", equalTo(shown));
  }

  private static String isTodo(String from) {
    return from.equals("todo") || from.equals("kept") ? "todo" : "in_progress";
  }

  private String in(String state) {
    return switch (state) {
      case "todo" -> crew.todo();
      case "kept" -> crew.kept();
      case "claimed" -> crew.claimed();
      case "done" -> crew.done();
      case "asking" -> {
        String task = crew.claimed();
        crew.asAgent()
            .body("{\"question\": \"Which?\"}")
            .post("/api/v1/tasks/" + task + "/request-input")
            .then()
            .statusCode(200);
        yield task;
      }
      default -> {
        String task = crew.claimed();
        crew.asMember().post("/api/v1/tasks/" + task + "/hold").then().statusCode(200);
        yield task;
      }
    };
  }

  @Test
  void whatWasGivenBackIsThereForOthers() {
    String task = crew.claimed();
    crew.move(crew.asAgent(), task, "todo")
        .statusCode(200)
        .body("status", equalTo("todo"))
        .body("assignedAgentId", nullValue());
    Contracts.assertKept(
        "earnest.task.released.v1",
        TestKafka.await("task.events", task, "earnest.task.released.v1").value());
    String other = crew.newAgent("Bob").extract().path("token");
    Crew.bearing(other).post(at(task) + "/claim").then().statusCode(200);
    crew.asAgent()
        .body("{\"result\": \"late\"}")
        .post(at(task) + "/complete")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale_attempt"));
    crew.show(task).body("status", equalTo("in_progress")).body("result", nullValue());
  }

  @Test
  void anAgentMovesItsOwnWorkAndTakesUpWhatWaits() {
    String other = crew.newAgent("Bob").extract().path("token");
    String task = crew.todo();
    crew.move(crew.asAgent(), task, "in_progress")
        .statusCode(200)
        .body("assignedAgentId", equalTo(crew.agent));
    crew.move(Crew.bearing(other), task, "cancelled").statusCode(403);
    crew.move(Crew.bearing(other), task, "in_progress").statusCode(403);
    crew.move(crew.asAgent(), task, "done").statusCode(200).body("status", equalTo("done"));
    String kept = crew.kept();
    crew.move(Crew.bearing(other), kept, "in_progress").statusCode(403);
    crew.move(crew.asAgent(), kept, "in_progress").statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"todo", "in_progress", "done", "cancelled"})
  void withMoneyHeldNothingIsMovedByHand(String status) {
    Market market = new Market();
    String task = market.executing();
    crew.move(market.asBuyer(), task, status)
        .statusCode(409)
        .body("code", equalTo("money_held"))
        .body("state", equalTo("EXECUTING"))
        .body("detail", containsString("Money is held"));
    market
        .asBuyer()
        .body("{\"description\": \"cheaper\"}")
        .patch(at(task))
        .then()
        .statusCode(409)
        .body("code", equalTo("money_held"));
    market.asBuyer().body("{\"priority\": \"urgent\"}").patch(at(task)).then().statusCode(400);
    market.show(task).body("task.status", equalTo("EXECUTING"));
  }
}
