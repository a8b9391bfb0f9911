package dev.earnest.task.api.assistant;

import static dev.earnest.task.Market.as;
import static dev.earnest.task.api.assistant.Secretary.asHolderOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.task.Market;
import dev.earnest.task.TaskServiceTest;
import dev.earnest.task.domain.Brief;
import dev.earnest.task.domain.Labels;
import dev.earnest.task.domain.Mode;
import dev.earnest.task.domain.NewTask;
import dev.earnest.task.domain.Priority;
import dev.earnest.task.domain.Review;
import dev.earnest.task.domain.Sharing;
import dev.earnest.task.domain.Tasks;
import dev.earnest.task.domain.TeamMember;
import dev.earnest.task.domain.Teams;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may read an assistant's tasks, and who may change them.
@TaskServiceTest
class AssistantAccessResourceTest {
  @Inject Teams teams;
  @Inject Tasks tasks;

  private Secretary jane;

  @BeforeEach
  void hire() {
    jane = new Secretary();
  }

  @ParameterizedTest
  @ValueSource(strings = {"assignedUsers", "followers"})
  void whomItIsSharedWithReadsAndChangesNothing(String as) {
    String reader = "Reader-" + UUID.randomUUID();
    String task = jane.inProgress("\"%s\": [\"%s@local\"]".formatted(as, reader));
    asHolderOf(reader)
        .get("/tasks/" + task)
        .then()
        .statusCode(200)
        .body("id", equalTo(task))
        .body("executions", hasSize(1));
    asHolderOf(reader).get("/tasks").then().body("data.id", contains(task));
    asHolderOf(reader).get("/tasks?mine=true").then().body("data", empty());
    everyChange(reader, task, 403);
    everyChange("stranger-" + UUID.randomUUID(), task, 404);
    jane.show(task).body("status", equalTo("in_progress")).body("title", equalTo("Book a room"));
    jane.put(task, "{\"followers\": []}").statusCode(200);
    jane.assign(task, "{\"emails\": []}").statusCode(200);
    asHolderOf(reader).get("/tasks/" + task).then().statusCode(404);
    asHolderOf(reader).get("/tasks").then().body("data", empty());
  }

  @Test
  void theAssistantsOwnerReadsAndChangesNothing() {
    String task = jane.inProgress();
    jane.market.asOwner().get("/tasks/" + task).then().statusCode(200);
    jane.market.asOwner().get("/tasks").then().body("data.id", contains(task));
    everyChange(jane.market.owner, task, 403);
    jane.show(task).body("status", equalTo("in_progress"));
  }

  private static void everyChange(String account, String task, int status) {
    changed(account).put("/tasks/" + task).then().statusCode(status);
    changed(account).delete("/tasks/" + task).then().statusCode(status);
    changed(account).post("/tasks/" + task + "/process").then().statusCode(status);
    changed(account).post("/tasks/" + task + "/stop").then().statusCode(status);
    as(account, "buyer", "agent")
        .body("{\"status\": \"like\"}")
        .post("/tasks/" + task + "/feedback")
        .then()
        .statusCode(status);
    as(account, "buyer", "agent")
        .body("{\"emails\": []}")
        .put("/tasks/" + task + "/assignees")
        .then()
        .statusCode(status);
  }

  private static RequestSpecification changed(String account) {
    return as(account, "buyer", "agent").body("{\"title\": \"Mine\"}");
  }

  @Test
  void aKeyHasNoEmail() {
    String key =
        jane.asBoss()
            .body("{\"name\": \"k\", \"roles\": [\"buyer\"]}")
            .post("/api/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    String task =
        byKey(key)
            .body("{\"title\": \"By key\", \"assistant\": \"%s\"}".formatted(jane.assistant))
            .post("/tasks")
            .then()
            .statusCode(201)
            .body("ownerEmail", equalTo(jane.boss))
            .body("account", equalTo(jane.boss))
            .extract()
            .path("id");
    jane.show(task).body("ownerEmail", equalTo(jane.boss));
  }

  @Test
  void anAgentsKeyReadsAndOrdersNothing() {
    String task = jane.inProgress();
    String key =
        jane.market
            .asOwner()
            .body("{\"name\": \"k\", \"roles\": [\"agent\"]}")
            .post("/api/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    byKey(key).get("/tasks/" + task).then().statusCode(200).body("executions", hasSize(1));
    byKey(key).body("{\"title\": \"Mine\"}").put("/tasks/" + task).then().statusCode(403);
    byKey(key).post("/tasks/" + task + "/stop").then().statusCode(403);
    byKey(key).delete("/tasks/" + task).then().statusCode(403);
    byKey(key)
        .body("{\"title\": \"By key\", \"assistant\": \"%s\"}".formatted(jane.assistant))
        .post("/tasks")
        .then()
        .statusCode(403);
    jane.show(task).body("status", equalTo("in_progress")).body("title", equalTo("Book a room"));
  }

  @Test
  void aTeamsTaskIsEveryMembers() {
    Caller boss = new Caller(jane.boss, Set.of(Role.BUYER), null);
    UUID team = teams.create("A team", boss).id();
    String member = "member-" + UUID.randomUUID();
    teams.add(team, boss, member, TeamMember.Role.MEMBER);
    String task = onBoardOf(team);
    asHolderOf(member)
        .body("{\"title\": \"Ours\"}")
        .put("/tasks/" + task)
        .then()
        .statusCode(200)
        .body("title", equalTo("Ours"))
        .body("status", equalTo("pending"));
    asHolderOf(member).post("/tasks/" + task + "/process").then().statusCode(409);
    asHolderOf("stranger-" + UUID.randomUUID()).get("/tasks/" + task).then().statusCode(404);
    teams.remove(team, boss, member);
    asHolderOf(member).get("/tasks/" + task).then().statusCode(404);
  }

  private String onBoardOf(UUID team) {
    Brief brief =
        new Brief("Sweep", "All of it", null, null, null, List.of(), null, Priority.NORMAL);
    return tasks
        .create(
            new NewTask(
                jane.boss,
                brief,
                Mode.BOARD,
                Review.NONE,
                Money.zero(Money.USDC),
                null,
                null,
                3,
                null,
                null,
                NewTask.Work.NONE,
                null,
                new Sharing(team, null, null, List.of(), List.of()),
                Labels.NONE,
                null))
        .id()
        .toString();
  }

  @Test
  void aTeamsKeyIsGoodForTheTeamsTasksOnly() {
    String other = jane.create();
    String key = teamKey();
    byKey(key).get("/tasks").then().statusCode(200).body("pagination.total", equalTo(0));
    byKey(key).get("/api/v1/tasks").then().statusCode(200).body("tasks", hasSize(0));
    byKey(key).get("/tasks/" + other).then().statusCode(404);
    byKey(key)
        .body("{\"title\": \"By key\", \"assistant\": \"%s\"}".formatted(jane.assistant))
        .post("/tasks")
        .then()
        .statusCode(403);
    jane.list("").body("pagination.total", equalTo(1));
  }

  private static RequestSpecification byKey(String key) {
    return RestAssured.given().contentType("application/json").header("x-api-key", key);
  }

  private String teamKey() {
    String team =
        teams.create("A team", new Caller(jane.boss, Set.of(Role.BUYER), null)).id().toString();
    return jane.asBoss()
        .body("{\"name\": \"k\", \"roles\": [\"buyer\"], \"team\": \"%s\"}".formatted(team))
        .post("/api/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }

  @Test
  void agentsThatCouldClaimLearnNothingOfItsPeople() {
    String skill = "skill-" + UUID.randomUUID();
    Market first = new Market(1, skill);
    String task = first.openFree(skill);
    first
        .asBuyer()
        .body("{\"followers\": [\"cto@example.com\"]}")
        .put("/tasks/" + task)
        .then()
        .statusCode(200)
        .body("followers", contains("cto@example.com"));
    first.claim(task).statusCode(200);
    first.ask(task, "A secret question?");
    first
        .asBuyer()
        .body("{\"message\": \"Secret\"}")
        .post("/tasks/" + task + "/process")
        .then()
        .statusCode(200);
    first.asOwner().post("/api/v1/tasks/" + task + "/release").then().statusCode(200);
    first.asBuyer().get("/tasks/" + task).then().body("activities.size()", equalTo(8));
    as("agent-" + UUID.randomUUID(), "agent")
        .get("/tasks/" + task)
        .then()
        .statusCode(200)
        .body("status", equalTo("pending"))
        .body("title", equalTo(skill))
        .body("ownerEmail", equalTo(first.buyer))
        .body("followers", empty())
        .body("activities", empty())
        .body("executions", empty());
  }
}
