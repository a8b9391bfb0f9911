package dev.earnest.task.api.board;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.earnest.task.TaskServiceTest;
import dev.earnest.testkit.Contracts;
import dev.earnest.testkit.TestKafka;
import dev.earnest.testkit.TestRecord;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Teams, who is in them, their projects, their agents and the agents' tokens.
@TaskServiceTest
class TeamsResourceTest {
  private Crew crew;

  @BeforeEach
  void gather() {
    crew = new Crew();
  }

  private ValidatableResponse members() {
    return crew.asMember().get("/api/teams/" + crew.team + "/members").then().statusCode(200);
  }

  private ValidatableResponse add(String account, String role) {
    return crew.asOwner()
        .body("{\"account\": \"%s\", \"role\": \"%s\"}".formatted(account, role))
        .post("/api/teams/" + crew.team + "/members")
        .then();
  }

  private ValidatableResponse remove(String account) {
    return crew.asOwner().delete("/api/teams/" + crew.team + "/members/" + account).then();
  }

  @Test
  void aTeamIsItsMakersAndItsMembers() {
    crew.asMember()
        .get("/api/teams/" + crew.team)
        .then()
        .statusCode(200)
        .body("id", equalTo(crew.team))
        .body("name", equalTo("Reports"))
        .body("createdAt", matchesPattern(".*T.*\\.\\d{3}Z"));
    members()
        .body("members.account", contains(crew.owner, crew.member))
        .body("members.role", contains("owner", "member"))
        .body("nextCursor", nullValue());
    TestRecord told =
        TestKafka.await("identity.events", crew.team, "earnest.team.changed.v1", 2).getLast();
    Contracts.assertKept("earnest.team.changed.v1", told.value());
    assertThat(told.value()).contains(crew.owner).contains(crew.member);
  }

  @Test
  void rolesChangeAndAnOwnerStays() {
    add(crew.member, "owner").statusCode(201).body("role", equalTo("owner"));
    members().body("members.role", contains("owner", "owner"));
    add(crew.member, "member").statusCode(201);
    add(crew.owner, "member").statusCode(409).body("code", equalTo("last_owner"));
    remove(crew.owner).statusCode(409).body("code", equalTo("last_owner"));
    remove("nobody").statusCode(404);
    remove(crew.member).statusCode(204);
    crew.asMember().get("/api/teams/" + crew.team).then().statusCode(404);
    crew.asOwner()
        .get("/api/teams/" + crew.team + "/members")
        .then()
        .body("members.account", contains(crew.owner));
  }

  @ParameterizedTest
  @ValueSource(strings = {"teams", "members", "projects", "agents"})
  void listsLeadOnByCursors(String list) {
    for (int i = 0; i < 2; i++) {
      crew.newProject("P" + i);
      crew.newAgent("A" + i);
      add("zoe-" + i + UUID.randomUUID(), "member").statusCode(201);
      crew.asOwner().body("{\"name\": \"T\"}").post("/api/teams").then().statusCode(201);
    }
    String path = list.equals("teams") ? "/api/teams" : "/api/teams/" + crew.team + "/" + list;
    String key = list.equals("members") ? ".account" : ".id";
    List<String> all = crew.asOwner().get(path).then().statusCode(200).extract().path(list + key);
    assertThat(all).hasSizeBetween(3, 4).doesNotHaveDuplicates();
    List<String> read = new ArrayList<>();
    String query = "?limit=1";
    while (query != null) {
      var page = crew.asOwner().get(path + query).then().statusCode(200).body(list, hasSize(1));
      read.addAll(page.extract().<List<String>>path(list + key));
      String next = page.extract().path("nextCursor");
      query = next == null ? null : "?limit=1&cursor=" + next;
    }
    assertThat(read).containsExactlyElementsOf(all);
    crew.asOwner().get(path + "?limit=0").then().statusCode(400);
    crew.asOwner().get(path + "?cursor=forged").then().statusCode(400);
  }

  @Test
  void projects() {
    String project =
        crew.asMember()
            .body("{\"name\": \"Audit\", \"description\": \"Yearly\"}")
            .post("/api/teams/" + crew.team + "/projects")
            .then()
            .statusCode(201)
            .body("teamId", equalTo(crew.team))
            .extract()
            .path("id");
    crew.asMember()
        .get("/api/projects/" + project)
        .then()
        .statusCode(200)
        .body("name", equalTo("Audit"))
        .body("description", equalTo("Yearly"))
        .body("teamId", equalTo(crew.team));
    crew.asMember()
        .get("/api/teams/" + crew.team + "/projects")
        .then()
        .body("projects.name", contains("Q1", "Audit"));
  }

  @Test
  void anAgentComesWithATokenThatIsShownOnce() {
    crew.newAgent("Bob")
        .body("name", equalTo("Bob"))
        .body("teamId", equalTo(crew.team))
        .body("status", equalTo("active"))
        .body("maxConcurrent", equalTo(10))
        .body("token", startsWith("ek_"));
    crew.asMember()
        .get("/api/agents/" + crew.agent)
        .then()
        .statusCode(200)
        .body("id", equalTo(crew.agent))
        .body("token", nullValue());
    crew.asMember()
        .get("/api/teams/" + crew.team + "/agents")
        .then()
        .body("agents.name", contains("Ada", "Bob"))
        .body("agents.token", contains(null, null));
    String told =
        TestKafka.await("identity.events", crew.agent, "earnest.agent.changed.v1").value();
    Contracts.assertKept("earnest.agent.changed.v1", told);
    assertThat(told).contains(crew.team);
  }

  @Test
  void aTeamKeyMakesAnAgentWithoutAToken() {
    Crew.bearing(crew.teamKey())
        .body("{\"name\": \"Bob\"}")
        .post("/api/teams/" + crew.team + "/agents")
        .then()
        .statusCode(201)
        .body("name", equalTo("Bob"))
        .body("token", nullValue());
  }

  @Test
  void aRotatedTokenTakesThePlaceOfTheOld() {
    String fresh =
        crew.asMember()
            .post("/api/agents/" + crew.agent + "/rotate-token")
            .then()
            .statusCode(200)
            .body("id", equalTo(crew.agent))
            .body("token", startsWith("ek_"))
            .body("token", not(equalTo(crew.token)))
            .extract()
            .path("token");
    String task = crew.todo();
    crew.claim(task).statusCode(401);
    Crew.bearing(fresh)
        .post(Crew.at(task) + "/claim")
        .then()
        .statusCode(200)
        .body("assignedAgentId", equalTo(crew.agent));
  }

  @Test
  void anAgentIsChanged() {
    crew.asMember()
        .body(
            """
            {"name": "Grace", "description": "Reads", "skills": ["reports"], "maxConcurrent": 2,
             "webhookUrl": "https://agents.example/hook", "webhookSecret": "0123456789abcdef",
             "status": "stopped"}
            """)
        .patch("/api/agents/" + crew.agent)
        .then()
        .statusCode(200)
        .body("name", equalTo("Grace"))
        .body("description", equalTo("Reads"))
        .body("skills", contains("reports"))
        .body("maxConcurrent", equalTo(2))
        .body("webhookUrl", equalTo("https://agents.example/hook"))
        .body("status", equalTo("stopped"));
    crew.asMember()
        .body("{\"status\": \"active\", \"webhookUrl\": null}")
        .patch("/api/agents/" + crew.agent)
        .then()
        .statusCode(200)
        .body("name", equalTo("Grace"))
        .body("webhookUrl", nullValue())
        .body("status", equalTo("active"));
  }

  @Test
  void anotherMembersTeamsAreNotListed() {
    crew.asMember().get("/api/teams").then().body("teams.id", containsInAnyOrder(crew.team));
    as("nobody-" + crew.team, "buyer").get("/api/teams").then().body("teams", hasSize(0));
  }

  @Test
  void aTeamKeyEndsWithItsMakersMembership() {
    add(crew.member, "owner").statusCode(201);
    String key = crew.teamKey();
    Crew.bearing(key).get(crew.tasks()).then().statusCode(200);
    remove(crew.owner).statusCode(204);
    Crew.bearing(key).get(crew.tasks()).then().statusCode(404);
  }
}
