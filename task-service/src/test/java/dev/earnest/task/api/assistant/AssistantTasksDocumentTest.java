package dev.earnest.task.api.assistant;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The document of assistant tasks, request by request: each is sent as the document has it, with
/// our ids in place of its own. The token is Jane's.
@TaskServiceTest
class AssistantTasksDocumentTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String SCHEDULE =
      """
      {
        "title": "Schedule Q2 planning meeting",
        "assistant": "asst_abc123",
        "description": "Find a 90-minute slot next week that works for the leadership team.",
        "type": "scheduling"
      }
      """;

  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  private String scheduled() {
    return jane.asBoss()
        .body(SCHEDULE.replace("asst_abc123", jane.assistant))
        .post("/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  @Test
  void quickStart() {
    String task = scheduled();
    jane.process(
            task,
            """
            {
              "message": "Prioritize mornings if possible."
            }
            """)
        .statusCode(200)
        .body("id", equalTo(task))
        .body("status", equalTo("in_progress"));
    jane.show(task)
        .body("id", equalTo(task))
        .body("account", equalTo(jane.boss))
        .body("title", equalTo("Schedule Q2 planning meeting"))
        .body("assistant", equalTo(jane.assistant))
        .body("type", equalTo("scheduling"))
        .body("status", equalTo("in_progress"))
        .body("activities", hasSize(2))
        .body("activities[0].type", equalTo("status_change"))
        .body("activities[0].from", equalTo("pending"))
        .body("activities[0].to", equalTo("in_progress"))
        .body("activities[0].timestamp", matchesPattern(TIME))
        .body("activities[1].type", equalTo("message"))
        .body("activities[1].message", equalTo("Prioritize mornings if possible."))
        .body("activities[1].by", equalTo(jane.boss));
  }

  @Test
  void theTaskObjectOfACompletedTask() {
    String task = scheduled();
    jane.process(task, "{}").statusCode(200);
    jane.complete(task);
    jane.show(task)
        .body("status", equalTo("completed"))
        .body("ownerEmail", equalTo(jane.email))
        .body("activities.type", contains("status_change", "status_change"))
        .body("activities.from", contains("pending", "in_progress"))
        .body("activities.to", contains("in_progress", "completed"))
        .body("activities.timestamp", everyItem(matchesPattern(TIME)))
        .body("executions", hasSize(1))
        .body("executions[0].id", equalTo(task + ".1"))
        .body("executions[0].status", equalTo("completed"))
        .body("executions[0].startedAt", matchesPattern(TIME))
        .body("executions[0].completedAt", matchesPattern(TIME))
        .body("executions[0].resultSummary", equalTo("Room 7 is booked."))
        .body("executions[0].output.room", equalTo(7))
        .body("createdAt", matchesPattern(TIME))
        .body("updatedAt", matchesPattern(TIME));
  }

  @Test
  void listTasks() {
    String task = scheduled();
    jane.process(task, "").statusCode(200);
    Map<String, Object> item =
        jane.list("?status=in_progress&mine=true&page=1&perPage=10")
            .statusCode(200)
            .body("data", hasSize(1))
            .body("data[0].id", equalTo(task))
            .body("data[0].title", equalTo("Schedule Q2 planning meeting"))
            .body("data[0].status", equalTo("in_progress"))
            .body("data[0].type", equalTo("scheduling"))
            .body("data[0].assistant", equalTo(jane.assistant))
            .body("data[0].ownerEmail", equalTo(jane.email))
            .body("data[0].assignedUsers", empty())
            .body("data[0].followers", empty())
            .body("data[0].skills", empty())
            .body("data[0].createdAt", matchesPattern(TIME))
            .body("data[0].updatedAt", matchesPattern(TIME))
            .body("pagination", equalTo(Map.of("page", 1, "perPage", 10, "total", 1)))
            .extract()
            .path("data[0]");
    assertThat(item).hasSize(11);
  }

  @Test
  void createTask() {
    String task =
        jane.asBoss()
            .body(
                """
                {
                  "title": "Draft Q2 OKRs document",
                  "assistant": "asst_abc123",
                  "description": "Create a first draft of Q2 OKRs based on the strategy memo and last quarter results.",
                  "type": "document-creation",
                  "skills": ["document-drafting", "data-analysis"],
                  "assignedUsers": ["jane@example.com"],
                  "followers": ["cto@example.com", "vp-eng@example.com"]
                }
                """
                    .replace("asst_abc123", jane.assistant))
            .post("/tasks")
            .then()
            .statusCode(201)
            .body("id", matchesPattern(ID))
            .body("account", equalTo(jane.boss))
            .body("title", equalTo("Draft Q2 OKRs document"))
            .body(
                "description",
                equalTo(
                    "Create a first draft of Q2 OKRs based on the strategy memo and last quarter"
                        + " results."))
            .body("assistant", equalTo(jane.assistant))
            .body("type", equalTo("document-creation"))
            .body("status", equalTo("pending"))
            .body("ownerEmail", equalTo(jane.email))
            .body("assignedUsers", contains("jane@example.com"))
            .body("followers", contains("cto@example.com", "vp-eng@example.com"))
            .body("skills", contains("document-drafting", "data-analysis"))
            .body("activities", empty())
            .body("executions", empty())
            .body("createdAt", matchesPattern(TIME))
            .body("updatedAt", matchesPattern(TIME))
            .extract()
            .path("id");
    jane.market
        .show(task)
        .body("task.status", equalTo("PENDING"))
        .body("task.budget", equalTo(0.0f));
  }

  @Test
  void getTask() {
    String task = jane.create();
    jane.show(task)
        .body("id", equalTo(task))
        .body("description", equalTo(""))
        .body("type", nullValue())
        .body("feedback", nullValue())
        .body("activities", empty())
        .body("executions", empty());
  }

  @Test
  void updateTask() {
    String task = scheduled();
    jane.put(
            task,
            """
            {
              "title": "Schedule Q2 planning meeting (updated)",
              "description": "Find a 90-minute slot. Leadership team plus new VP of Product."
            }
            """)
        .statusCode(200)
        .body("id", equalTo(task))
        .body("title", equalTo("Schedule Q2 planning meeting (updated)"))
        .body(
            "description",
            equalTo("Find a 90-minute slot. Leadership team plus new VP of Product."))
        .body("status", equalTo("pending"))
        .body("type", equalTo("scheduling"))
        .body("updatedAt", matchesPattern(TIME));
  }

  @Test
  void deleteTask() {
    String task = scheduled();
    String answer =
        jane.asBoss().delete("/tasks/" + task).then().statusCode(204).extract().asString();
    assertThat(answer).isEmpty();
    jane.asBoss().get("/tasks/" + task).then().statusCode(404);
    jane.list("").body("data", empty()).body("pagination.total", equalTo(0));
  }

  @Test
  void updateAssignees() {
    String task = jane.create("\"assignedUsers\": [\"old@example.com\"]");
    jane.assign(
            task,
            """
            {
              "emails": ["jane@example.com", "bob@example.com", "new-hire@example.com"]
            }
            """)
        .statusCode(200)
        .body("id", equalTo(task))
        .body(
            "assignedUsers",
            contains("jane@example.com", "bob@example.com", "new-hire@example.com"))
        .body("updatedAt", matchesPattern(TIME))
        .body("activities.last().type", equalTo("assignment"))
        .body("activities.last().assignedUsers", hasSize(3));
  }

  @Test
  void sendFeedback() {
    String task = jane.completed();
    jane.post(task, "feedback", "{\n  \"status\": \"like\"\n}")
        .statusCode(200)
        .body("id", equalTo(task))
        .body("feedback", equalTo("like"))
        .body("updatedAt", matchesPattern(TIME))
        .body("activities.last().type", equalTo("feedback"))
        .body("activities.last().feedback", equalTo("like"));
  }

  @Test
  void stopExecutionAndProcessAgain() {
    String task = jane.inProgress();
    as(jane.boss, "buyer")
        .post("/tasks/" + task + "/stop")
        .then()
        .statusCode(200)
        .body("id", equalTo(task))
        .body("status", equalTo("on_hold"))
        .body("updatedAt", matchesPattern(TIME))
        .body("executions[0].status", equalTo("stopped"))
        .body("executions[0].completedAt", nullValue());
    jane.process(
            task,
            """
            {
              "message": "The VP of Product prefers afternoon meetings. Also check if the large conference room is available.",
              "files": []
            }
            """)
        .statusCode(200)
        .body("id", equalTo(task))
        .body("status", equalTo("in_progress"))
        .body("updatedAt", matchesPattern(TIME))
        .body("executions[0].status", equalTo("in_progress"))
        .body("activities.last().files", nullValue());
  }

  @Test
  void anAssistantIsAnAgent() {
    String nobody = UUID.randomUUID().toString();
    jane.asBoss()
        .body(SCHEDULE.replace("asst_abc123", nobody))
        .post("/tasks")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("assistant"));
    Market other = new Market();
    String task = jane.create("\"type\": \"research\"");
    as(other.owner, "agent").get("/tasks/" + task).then().statusCode(404);
    as(jane.market.owner, "agent")
        .get("/tasks/" + task)
        .then()
        .statusCode(200)
        .body("assistant", notNullValue());
  }
}
