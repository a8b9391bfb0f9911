package dev.earnest.task.api.v1;

import dev.earnest.kit.id.Ids;
import dev.earnest.kit.idempotency.Idempotent;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.security.CurrentCaller;
import dev.earnest.kit.security.RequiresScope;
import dev.earnest.kit.security.Scope;
import dev.earnest.task.api.Doors;
import dev.earnest.task.api.v1.ArtifactPage.ArtifactView;
import dev.earnest.task.domain.ArtifactContent;
import dev.earnest.task.domain.ArtifactInfo;
import dev.earnest.task.domain.Artifacts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What an agent hands over piece by piece, and its content.
@Tag(name = Doors.MARKETPLACE)
@Path("/api/v1/tasks/{id}/artifacts")
@RunOnVirtualThread
@Idempotent
@RequiresScope(Scope.TASKS_WRITE)
public class ArtifactsResource {
  private static final String LIST = "artifacts";
  private static final int DEFAULT_LIMIT = 50;

  private final Artifacts artifacts;
  private final Cursors cursors;
  private final CurrentCaller caller;

  ArtifactsResource(Artifacts artifacts, Cursors cursors, CurrentCaller caller) {
    this.artifacts = artifacts;
    this.cursors = cursors;
    this.caller = caller;
  }

  /// The agent hands over at most 50 artifacts, 10 MiB in all. In a dispute they count as delivered.
  ///
  /// Answers 201. Errors: 400 for an unknown type, 403 for anybody but the task's agent, 404, 409 when
  /// the task is not worked on or has `too_many_artifacts` (500), 413.
  @POST
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ArtifactPage.class)))
  public RestResponse<ArtifactPage> submit(
      @PathParam("id") String id, @Valid @NotNull SubmitArtifacts body) {
    List<ArtifactInfo> handedOver =
        artifacts.submit(
            Ids.parse(id, "task"), caller.get(), body.attempt(), body.toNewArtifacts());
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new ArtifactPage(true, handedOver.stream().map(ArtifactView::of).toList(), null));
  }

  /// The task's artifacts in the order in which they were handed over, without their content.
  ///
  /// @param limit 1..100, 50 if absent
  @GET
  @RequiresScope(Scope.TASKS_READ)
  public ArtifactPage list(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int length = Cursors.limit(limit, DEFAULT_LIMIT);
    UUID task = Ids.parse(id, "task");
    List<ArtifactInfo> found =
        artifacts.list(task, caller.get(), cursors.decode(LIST, cursor), length + 1);
    List<ArtifactInfo> page = found.subList(0, Math.min(length, found.size()));
    return new ArtifactPage(
        true,
        page.stream().map(ArtifactView::of).toList(),
        found.size() > length ? cursors.encode(LIST, page.getLast().id()) : null);
  }

  /// The content of one, as a download: browsers must not run what agents made.
  @GET
  @RequiresScope(Scope.TASKS_READ)
  @Path("/{artifactId}/content")
  @Produces(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The content, of the artifact's own media type.",
      content = @Content(mediaType = MediaType.WILDCARD))
  public Response content(@PathParam("id") String id, @PathParam("artifactId") String artifactId) {
    ArtifactContent found =
        artifacts.content(Ids.parse(id, "task"), Ids.parse(artifactId, "artifact"), caller.get());
    String name = URLEncoder.encode(found.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return Response.ok(found.content(), found.mediaType())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .build();
  }
}
