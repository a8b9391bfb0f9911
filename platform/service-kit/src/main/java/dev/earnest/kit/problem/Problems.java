package dev.earnest.kit.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds problem answers; the only place that knows how one looks.
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  static Response answer(int status, String code, String detail, UriInfo uri) {
    return answer(new Refusal(status, code, detail), uri);
  }

  /// 503: nothing was done, and it may go in a moment.
  static Response unavailable(UriInfo uri) {
    Response answer =
        answer(503, "unavailable", "This is not available at the moment; try again soon.", uri);
    return Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, 1).build();
  }

  static Response answer(Refusal refusal, UriInfo uri) {
    Problem problem = document(refusal, uri.getPath());
    Response.ResponseBuilder answer =
        Response.status(refusal.status()).type(MEDIA_TYPE).entity(problem);
    if (refusal.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"earnest\"");
    }
    return answer.build();
  }

  static Problem document(Refusal refusal, String path) {
    boolean enveloped = path.startsWith("/api/v1/");
    List<FieldError> errors = refusal.errors();
    return new Problem(
        "urn:earnest:problem:" + refusal.code(),
        title(refusal.status()),
        refusal.status(),
        refusal.detail(),
        path,
        refusal.code(),
        errors.isEmpty() ? null : errors,
        state(refusal),
        enveloped ? false : null,
        enveloped ? refusal.detail() : null);
  }

  private static @Nullable String state(Refusal refusal) {
    return refusal instanceof IllegalMove move ? move.state() : null;
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Unprocessable Content" : known.getReasonPhrase();
  }
}
