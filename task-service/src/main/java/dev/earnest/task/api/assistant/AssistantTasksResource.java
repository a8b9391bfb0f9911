package dev.earnest.task.api.assistant;

import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.problem.FieldError;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Role;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.domain.Task;
import dev.earnest.task.domain.TaskDesk;
import dev.earnest.task.domain.TaskQuery;
import dev.earnest.task.domain.Tasks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Tasks for assistants are made and listed. They are without money: what the assistant says is done
/// is done.
@Path("/tasks")
@Tag(name = Doors.ASSISTANT_TASKS)
@RunOnVirtualThread
@Idempotent
@Transactional // an answer is of the moment of its change
@RequiresScope(Scope.TASKS_WRITE)
public class AssistantTasksResource {
  private static final String CREATE =
      """
      {
        "title": "Draft Q2 OKRs document",
        "assistant": "0199f1c0-1100-7a5b-8c22-1e2d3c4b5a69",
        "description": "Create a first draft of Q2 OKRs based on the strategy memo and last quarter results.",
        "type": "document-creation",
        "skills": ["document-drafting", "data-analysis"],
        "assignedUsers": ["jane@example.com"],
        "followers": ["cto@example.com", "vp-eng@example.com"]
      }
      """;

  private final Tasks tasks;
  private final TaskDesk desk;
  private final CurrentCaller caller;

  AssistantTasksResource(Tasks tasks, TaskDesk desk, CurrentCaller caller) {
    this.tasks = tasks;
    this.desk = desk;
    this.caller = caller;
  }

  /// Makes a task, pending until it is processed.
  ///
  /// Answers 201 with the whole task. Errors: 400 for a field that makes no sense or an assistant
  /// that does not exist, 403 without the role buyer, 409 `agent_unavailable`.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AssistantTask.class)))
  public RestResponse<AssistantTask> create(
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "document", value = CREATE)))
          @Valid
          @NotNull
          NewAssistantTask body) {
    Caller owner = caller.get().require(Role.BUYER);
    if (owner.apiKey() != null && owner.apiKey().team() != null) {
      throw Refusal.forbidden("The key is good for its team's tasks only.");
    }
    Task task = create(body, owner);
    return RestResponse.status(
        RestResponse.Status.CREATED, AssistantTaskViews.whole(task, desk.history(task)));
  }

  /// Here the agent is called assistant.
  private Task create(NewAssistantTask body, Caller owner) {
    try {
      return tasks.create(body.toNewTask(owner));
    } catch (Refusal refusal) {
      List<FieldError> errors = refusal.errors();
      if (errors.size() == 1 && errors.getFirst().field().equals("agentId")) {
        throw Refusal.invalid("assistant", errors.getFirst().detail());
      }
      throw refusal;
    }
  }

  /// A page of the tasks that the caller made, works on, is assigned to or follows, newest first.
  ///
  /// A page past the end is empty. Errors: 400 for a parameter that makes no sense.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public AssistantTaskPage list(@BeanParam AssistantTaskFilter filter) {
    TaskQuery query = filter.toQuery(caller.get());
    int page = filter.page();
    int perPage = filter.perPage();
    long offset = (page - 1L) * perPage;
    long total = tasks.count(query);
    List<Task> found = offset < total ? tasks.page(query, offset, perPage) : List.of();
    return AssistantTaskViews.page(found, page, perPage, total);
  }
}
