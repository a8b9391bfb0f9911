package dev.earnest.task.api.board;

import static dev.earnest.task.Market.as;
import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/// A team with its owner, a member, a project and an agent, made anew for a test.
final class Crew {
  /// Looks like an id and is none of ours.
  static final String NOBODYS_ID = "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69";

  final String owner = "lead-" + UUID.randomUUID();
  final String member = "member-" + UUID.randomUUID();
  final String team;
  final String project;
  final String agent;
  final String token;

  Crew() {
    team =
        asOwner()
            .body("{\"name\": \"Reports\"}")
            .post("/api/teams")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    asOwner()
        .body("{\"account\": \"" + member + "\"}")
        .post("/api/teams/" + team + "/members")
        .then()
        .statusCode(201);
    project = newProject("Q1");
    var made = newAgent("Ada").extract();
    agent = made.path("id");
    token = made.path("token");
  }

  RequestSpecification asOwner() {
    return as(owner, "buyer");
  }

  RequestSpecification asMember() {
    return as(member, "buyer");
  }

  RequestSpecification asAgent() {
    return bearing(token);
  }

  static RequestSpecification asStranger() {
    return as("stranger", "buyer", "agent");
  }

  static RequestSpecification bearing(String key) {
    return given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
  }

  String newProject(String name) {
    return asOwner()
        .body("{\"name\": \"" + name + "\"}")
        .post("/api/teams/" + team + "/projects")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  ValidatableResponse newAgent(String name) {
    return asOwner()
        .body("{\"name\": \"" + name + "\"}")
        .post("/api/teams/" + team + "/agents")
        .then()
        .statusCode(201);
  }

  /// An API key of the owner's that is good for this team.
  String teamKey() {
    return as(owner, "buyer", "agent")
        .body(
            """
            {"name": "ci", "roles": ["buyer", "agent"], "team": "%s"}
            """
                .formatted(team))
        .post("/api/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }

  String tasks() {
    return "/api/teams/" + team + "/tasks";
  }

  static String at(String task) {
    return "/api/tasks/" + task;
  }

  /// @param members of the JSON body besides title and project
  String body(String... members) {
    String more = members.length == 0 ? "" : ", " + String.join(", ", members);
    return "{\"title\": \"Summarize Q1 reports\", \"projectId\": \"%s\"%s}"
        .formatted(project, more);
  }

  String todo(String... members) {
    return asMember().body(body(members)).post(tasks()).then().statusCode(201).extract().path("id");
  }

  String kept() {
    return todo("\"assignedAgentId\": \"" + agent + "\"");
  }

  String claimed() {
    String task = todo();
    claim(task).statusCode(200);
    return task;
  }

  String done() {
    String task = claimed();
    asAgent().body("{\"result\": \"done\"}").post(at(task) + "/complete").then().statusCode(200);
    return task;
  }

  ValidatableResponse claim(String task) {
    return asAgent().post(at(task) + "/claim").then();
  }

  ValidatableResponse show(String task) {
    return asOwner().get(at(task)).then().statusCode(200);
  }

  ValidatableResponse move(RequestSpecification by, String task, String status) {
    return by.body("{\"status\": \"" + status + "\"}").post(at(task) + "/move").then();
  }

  ValidatableResponse change(String task, String body) {
    return asMember().body(body).patch(at(task)).then();
  }
}
