package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Dispute;
import dev.earnest.dispute.domain.DisputeOpening;
import dev.earnest.dispute.domain.Disputes;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;

/// The dispute of a task, for its parties.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.DISPUTES_WRITE)
public class TaskDisputeResource {
  private final DisputeOpening opening;
  private final Disputes disputes;
  private final CurrentCaller caller;

  public TaskDisputeResource(DisputeOpening opening, Disputes disputes, CurrentCaller caller) {
    this.opening = opening;
    this.disputes = disputes;
    this.caller = caller;
  }

  /// Opens a dispute, as the task's buyer or the account of its agent. The answer is OPENING:
  /// whether the task can be disputed is decided by task-service, and shown a moment later.
  ///
  /// 201; 400; 403 no party; 404; 409 `dispute_open` or `not_disputable` with the task's state; 429
  /// `too_many_disputes` at ten open ones.
  @POST
  @Path("/dashboard/tasks/{id}/dispute")
  @APIResponseSchema(value = DisputeView.Answer.class, responseCode = "201")
  public RestResponse<DisputeView.Answer> open(
      @PathParam("id") String id, @NotNull @Valid OpenDispute body) {
    Dispute dispute =
        opening.open(Ids.parse(id, "task"), caller.get(), body.categoryOrOther(), body.reason());
    return RestResponse.status(RestResponse.Status.CREATED, DisputeView.Answer.of(dispute));
  }

  /// As [#open], at the address of the other API that the marketplace speaks.
  @POST
  @Path("/tasks/{id}/dispute")
  @APIResponseSchema(value = DisputeView.Answer.class, responseCode = "201")
  public RestResponse<DisputeView.Answer> openFromTask(
      @PathParam("id") String id, @NotNull @Valid OpenDispute body) {
    return open(id, body);
  }

  /// The newest dispute of a task, as [DisputeResource#read] shows it; 404 where there is none.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/dashboard/tasks/{id}/dispute")
  public DisputeRecordView.Answer read(@PathParam("id") String id) {
    return DisputeRecordView.Answer.of(disputes.readNewestOf(Ids.parse(id, "task"), caller.get()));
  }

  /// As [#read], at the other address.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/tasks/{id}/dispute")
  public DisputeRecordView.Answer readFromTask(@PathParam("id") String id) {
    return read(id);
  }

  /// Submits evidence, as a party, until the dispute is decided.
  ///
  /// 201; 400; 403 no party; 404; 409 with the dispute's state when it is decided.
  @POST
  @Path("/dashboard/tasks/{id}/dispute/evidence")
  @APIResponseSchema(value = EvidenceView.Answer.class, responseCode = "201")
  public RestResponse<EvidenceView.Answer> submit(
      @PathParam("id") String id, @NotNull @Valid SubmitEvidence body) {
    EvidenceView evidence =
        EvidenceView.of(disputes.submitEvidence(Ids.parse(id, "task"), caller.get(), body.claim()));
    return RestResponse.status(
        RestResponse.Status.CREATED, new EvidenceView.Answer(true, evidence));
  }
}
