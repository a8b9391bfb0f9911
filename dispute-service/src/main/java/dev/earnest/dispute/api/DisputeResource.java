package dev.earnest.dispute.api;

import dev.earnest.dispute.domain.Dispute;
import dev.earnest.dispute.domain.DisputeState;
import dev.earnest.dispute.domain.Disputes;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Words;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Disputes to read.
@Path("/api/v1/disputes")
@RunOnVirtualThread
@RequiresScope(value = Scope.TASKS_READ, wholeAccount = true)
public class DisputeResource {
  private static final String LIST = "disputes";
  private static final int USUAL_LIMIT = 20;

  private final Disputes disputes;
  private final CurrentCaller caller;
  private final Cursors cursors;

  public DisputeResource(Disputes disputes, CurrentCaller caller, Cursors cursors) {
    this.disputes = disputes;
    this.caller = caller;
    this.cursors = cursors;
  }

  /// The disputes that the caller is a party of, newest first; an admin sees all.
  ///
  /// @param status a dispute's state, in any case; all where there is none
  /// @param taskId the disputes of one task
  /// @param limit 1 to 100, 20 where there is none
  @GET
  public DisputePage list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("taskId") @Nullable String taskId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    int length = Cursors.limit(limit, USUAL_LIMIT);
    List<Dispute> found =
        disputes.list(
            caller.get(),
            status == null ? null : Words.parse(DisputeState.class, "status", status),
            taskId == null ? null : Ids.parse(taskId, "task"),
            cursors.decode(LIST, cursor),
            length);
    List<Dispute> page = found.size() > length ? found.subList(0, length) : found;
    @Nullable String next =
        page.size() < found.size() ? cursors.encode(LIST, page.getLast().id()) : null;
    return new DisputePage(true, page.stream().map(DisputeView::of).toList(), next);
  }

  /// A dispute with its case file, evidence, offers, jury and history; 404 for whom it does not concern.
  @GET
  @Path("/{id}")
  public DisputeRecordView.Answer read(@PathParam("id") String id) {
    return DisputeRecordView.Answer.of(disputes.read(Ids.parse(id, "dispute"), caller.get()));
  }
}
