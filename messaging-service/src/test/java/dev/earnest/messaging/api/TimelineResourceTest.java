package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@RealService
class TimelineResourceTest {
  @Test
  void everyEventOfEveryServiceHasItsPlace() {
    Story story = new Story().created().aside("escrow.events", "earnest.escrow.held.v1").heard(2);
    story.assigned().aside("dispute.events", "earnest.dispute.opened.v1").heard(4);
    story.say("failed", "FAILED").heard(5);

    JsonPath timeline = timeline(story, "");

    assertThat(timeline.getList("timeline.sequence")).isEqualTo(List.of(1, 2, 3, 4, 5));
    assertThat(timeline.<String>getList("timeline.type"))
        .containsExactlyInAnyOrder(
            "task.created", "escrow.held", "task.assigned", "dispute.opened", "task.failed");
    assertThat(timeline.getString("timeline[4].severity")).isEqualTo("error");
    assertThat(timeline.getString("timeline.find { it.type == 'escrow.held' }.source"))
        .isEqualTo("escrow-service");
    assertThat(timeline.getFloat("timeline.find { it.type == 'escrow.held' }.data.amount"))
        .isEqualTo(50f);
  }

  @Test
  void agentDoesNotReadTheBuyersCallbackUrl() {
    Story story = new Story().callback("http://127.0.0.1:1/secret-path").created().heard(1);
    String whole =
        as(Tokens.of(story.agentAccount(), "agent")).get(story.path("timeline")).asString();
    assertThat(whole).contains("task.created").doesNotContain("secret-path");
  }

  @Test
  void whatIsHeardBeforeTheTaskIsKeptUntilTheTaskIsKnown() {
    Story story = new Story().aside("escrow.events", "earnest.escrow.held.v1");
    as(Tokens.of("root", "admin")).get(story.path("timeline")).then().statusCode(404);
    story.created().heard(2);
    assertThat(timeline(story, "").<String>getList("timeline.type"))
        .containsExactlyInAnyOrder("escrow.held", "task.created");
  }

  @Test
  void duplicateOfAnEventChangesNothing() {
    Story story = new Story().created().heard(1);
    var headers =
        TestKafka.headers(
            UUID.randomUUID().toString(), "earnest.escrow.held.v1", story.task() + "");
    String held = "{\"taskId\": \"" + story.task() + "\"}";
    IntStream.range(0, 3)
        .forEach(_ -> TestKafka.publish("escrow.events", story.task() + "", headers, held));
    story.aside("escrow.events", "earnest.escrow.frozen.v1").heard(3);
    assertThat(timeline(story, "").<String>getList("timeline.type"))
        .containsExactly("task.created", "escrow.held", "escrow.frozen");
  }

  @Test
  void pagesFollowEachOtherWithoutGap() {
    Story story = new Story().created().assigned();
    IntStream.range(0, 5).forEach(percent -> story.progressed(percent, "at work"));
    story.heard(7);
    List<Integer> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page = timeline(story, "?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      seen.addAll(page.getList("timeline.sequence"));
      cursor = page.getString("nextCursor");
    }
    assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void badInputIsAProblem() {
    Story story = new Story().created().heard(1);
    problem(story.buyerToken(), story.path("timeline?cursor=x"), 400, "bad_cursor");
    problem(story.buyerToken(), story.path("timeline?limit=0"), 400, "validation_failed");
    problem(story.buyerToken(), story.path("timeline?limit=x"), 400, "validation_failed");
    problem(story.buyerToken(), "/api/v1/tasks/7/timeline", 404, "not_found");
    problem(Tokens.of("stranger", "buyer"), story.path("timeline"), 404, "not_found");
    problem("nonsense", story.path("timeline"), 401, "unauthorized");
  }

  private static void problem(String token, String path, int status, String code) {
    as(token)
        .get(path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code), "$", not(hasKey("timeline")));
  }

  private static JsonPath timeline(Story story, String query) {
    return as(story.buyerToken())
        .get(story.path("timeline" + query))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
