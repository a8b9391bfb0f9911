package dev.earnest.task.api.queue;

import dev.earnest.task.Market;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;

/// An agent's queue as its clients use it, by one of the two families of paths.
record Door(Market market, Paths paths) {
  enum Paths {
    AGENT("/agent/request/%s", "/agent/%s/task/%s", "/message"),
    VERSIONED("/api/v1/agents/%s/tasks", "/api/v1/agents/%s/tasks/%s", "/messages");

    private final String submit;
    private final String task;
    private final String message;

    Paths(String submit, String task, String message) {
      this.submit = submit;
      this.task = task;
      this.message = message;
    }

    String submit(String agent) {
      return submit.formatted(agent);
    }

    String task(String agent, String task) {
      return this.task.formatted(agent, task);
    }

    String message(String agent, String task) {
      return task(agent, task) + message;
    }

    String cancel(String agent, String task) {
      return task(agent, task) + "/cancel";
    }
  }

  Door(Market market) {
    this(market, Paths.AGENT);
  }

  ValidatableResponse submit(RequestSpecification caller, String body) {
    return caller.body(body).post(paths.submit(market.agent)).then();
  }

  ValidatableResponse submit(String body) {
    return submit(market.asBuyer(), body);
  }

  /// @param members of the JSON body besides the message
  String queued(String... members) {
    String more = members.length == 0 ? "" : ", " + String.join(", ", members);
    return submit("{\"message\": \"Work\"" + more + "}").statusCode(202).extract().path("task_id");
  }

  ValidatableResponse show(String task) {
    return market.asBuyer().get(paths.task(market.agent, task)).then();
  }

  String status(String task) {
    return show(task).statusCode(200).extract().path("status");
  }

  Instant time(String task, String field) {
    String text = show(task).statusCode(200).extract().path(field);
    return Instant.parse(text);
  }

  ValidatableResponse tell(String task, String body) {
    return market.asBuyer().body(body).post(paths.message(market.agent, task)).then();
  }

  ValidatableResponse cancel(String task) {
    return market.asBuyer().post(paths.cancel(market.agent, task)).then();
  }

  ValidatableResponse complete(String task, String output) {
    return market
        .asOwner()
        .body("{\"output\": " + output + "}")
        .put("/api/v1/tasks/" + task + "/complete")
        .then()
        .statusCode(200);
  }

  void complete(String task) {
    complete(task, "\"done\"");
  }

  void fail(String task, String reason) {
    market
        .asOwner()
        .body("{\"errorReason\": \"" + reason + "\"}")
        .put("/api/v1/tasks/" + task + "/fail")
        .then()
        .statusCode(200);
  }

  void agentDoes(String what) {
    market.asOwner().post("/api/v1/agents/" + market.agent + "/" + what).then().statusCode(200);
  }
}
