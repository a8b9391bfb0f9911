package dev.earnest.task.api.assistant;

import static dev.earnest.task.Market.as;
import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.earnest.task.Market;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;

/// Somebody whose tasks an assistant does, made anew for a test. An account's e-mail address is
/// `account@local`.
final class Secretary {
  final Market market;
  final String assistant;
  final String boss;
  final String email;

  Secretary() {
    this(new Market());
  }

  Secretary(Market market) {
    this.market = market;
    this.assistant = market.agent;
    this.boss = market.buyer;
    this.email = boss + "@local";
  }

  RequestSpecification asBoss() {
    return market.asBuyer();
  }

  /// @param members of the JSON body besides title and assistant
  String create(String... members) {
    String more = Arrays.stream(members).map(member -> ", " + member).collect(joining());
    return asBoss()
        .body("{\"title\": \"Book a room\", \"assistant\": \"%s\"%s}".formatted(assistant, more))
        .post("/tasks")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /// A task that the assistant works on.
  String inProgress(String... members) {
    String task = create(members);
    process(task, "{}").statusCode(200);
    return task;
  }

  /// A task whose assistant asked something.
  String asking() {
    String task = inProgress();
    market.ask(task, "Which floor?");
    return task;
  }

  String onHold() {
    String task = inProgress();
    post(task, "stop", "").statusCode(200);
    return task;
  }

  String completed() {
    String task = inProgress();
    complete(task);
    return task;
  }

  /// A task in any status of this door.
  String inStatus(String status) {
    return switch (status) {
      case "pending" -> create();
      case "in_progress" -> inProgress();
      case "completed" -> completed();
      case "failed" -> failed();
      case "on_hold" -> onHold();
      case "needs_clarification" -> asking();
      default -> throw new IllegalArgumentException(status);
    };
  }

  void complete(String task) {
    market
        .asOwner()
        .body("{\"output\": {\"room\": 7}, \"resultSummary\": \"Room 7 is booked.\"}")
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(200);
  }

  String failed() {
    String task = inProgress();
    market
        .asOwner()
        .body("{\"errorReason\": \"No room is free.\"}")
        .put("/api/v1/tasks/" + task + "/fail")
        .then()
        .statusCode(200);
    return task;
  }

  ValidatableResponse process(String task, String body) {
    return post(task, "process", body);
  }

  ValidatableResponse post(String task, String what, String body) {
    return send(asBoss(), body).post("/tasks/" + task + "/" + what).then();
  }

  ValidatableResponse put(String task, String body) {
    return send(asBoss(), body).put("/tasks/" + task).then();
  }

  ValidatableResponse assign(String task, String body) {
    return send(asBoss(), body).put("/tasks/" + task + "/assignees").then();
  }

  ValidatableResponse show(String task) {
    return asBoss().get("/tasks/" + task).then().statusCode(200);
  }

  String text(String task) {
    return show(task).extract().asString();
  }

  /// @param query with its question mark
  ValidatableResponse list(String query) {
    return asBoss().get("/tasks" + query).then();
  }

  static RequestSpecification asHolderOf(String account) {
    return as(account, "buyer");
  }

  private static RequestSpecification send(RequestSpecification request, String body) {
    return body.isEmpty() ? request : request.body(body);
  }

  /// An array of the same text.
  static String texts(int count, String text) {
    return "[" + String.join(",", nCopies(count, "\"" + text + "\"")) + "]";
  }

  /// That an answer is a problem document with this status.
  static ValidatableResponse problem(ValidatableResponse answer, int status) {
    return answer
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", equalTo(status))
        .body("code", notNullValue())
        .body("detail", notNullValue());
  }
}
