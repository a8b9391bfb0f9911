package dev.earnest.task.api.assistant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.earnest.task.TaskServiceTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parameters of the list, each row of their table.
@TaskServiceTest
class AssistantTaskListResourceTest {
  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @ParameterizedTest
  @CsvSource({"pending", "in_progress", "completed", "failed", "on_hold", "needs_clarification"})
  void status(String status) {
    String other = status.equals("failed") ? jane.completed() : jane.failed();
    String task = jane.inStatus(status);
    jane.show(task).body("status", equalTo(status));
    jane.list("?status=" + status)
        .statusCode(200)
        .body("data.id", contains(task))
        .body("data.status", contains(status));
    jane.list("?status=" + status.toUpperCase(Locale.ROOT)).body("data.id", contains(task));
    jane.list("").body("data.id", contains(task, other));
  }

  @Test
  void severalStatuses() {
    String held = jane.onHold();
    jane.completed();
    String waiting = jane.create();
    jane.list("?status=pending,on_hold").body("data.id", contains(waiting, held));
  }

  @Test
  void typeFilter() {
    String research = jane.create("\"type\": \"research\"");
    jane.create("\"type\": \"outreach\"");
    jane.create();
    jane.list("?type=research").body("data.id", contains(research));
    jane.list("?type=Research").body("data", empty());
    jane.list("?type=&status=&mine=&search=&page=&perPage=").body("data", hasSize(3));
  }

  @Test
  void searchFindsWordsOfTitleAndDescription() {
    String inDescription = jane.create("\"description\": \"The large conference hall\"");
    String inTitle = jane.create();
    jane.put(inTitle, "{\"title\": \"Conference call\"}").statusCode(200);
    jane.list("?search=conference").body("data.id", contains(inTitle, inDescription));
    jane.list("?search=conference -hall").body("data.id", contains(inTitle));
    jane.list("?search=\"conference hall\"").body("data.id", contains(inDescription));
    jane.list("?search=CONFERENCE large").body("data.id", contains(inDescription));
    jane.list("?search=!!! & | ( :*").statusCode(200).body("data", empty());
    jane.list("?search=").body("data", hasSize(2));
    jane.put(inTitle, "{\"title\": \"Phone call\"}").statusCode(200);
    jane.list("?search=conference").body("data.id", contains(inDescription));
  }

  @ParameterizedTest
  @CsvSource({"?mine=true, false", "?mine=TRUE, false", "?mine=false, true", "'', true"})
  void mine(String query, boolean others) {
    Secretary bob = new Secretary();
    String shared = bob.create("\"followers\": [\"%s\"]".formatted(jane.email));
    String own = jane.create();
    List<String> shown = others ? List.of(own, shared) : List.of(own);
    jane.list(query)
        .statusCode(200)
        .body("data.id", equalTo(shown))
        .body("pagination.total", equalTo(shown.size()));
  }

  @Test
  void pages() {
    String first = jane.create();
    String second = jane.create();
    String third = jane.create();
    jane.list("?page=1&perPage=2")
        .body("data.id", contains(third, second))
        .body("pagination.total", equalTo(3));
    jane.list("?page=2&perPage=2")
        .body("data.id", contains(first))
        .body("pagination.page", equalTo(2))
        .body("pagination.perPage", equalTo(2))
        .body("pagination.total", equalTo(3));
    jane.list("?page=3&perPage=2").statusCode(200).body("data", empty());
    jane.list("?page=2147483647&perPage=100")
        .statusCode(200)
        .body("data", empty())
        .body("pagination.page", equalTo(2147483647))
        .body("pagination.total", equalTo(3));
  }

  @Test
  void pagesHaveTwentyTasksFromTheFirstOn() {
    for (int i = 0; i < 21; i++) {
      jane.create();
    }
    jane.list("")
        .body("data", hasSize(20))
        .body("pagination.page", equalTo(1))
        .body("pagination.perPage", equalTo(20))
        .body("pagination.total", equalTo(21));
  }
}
