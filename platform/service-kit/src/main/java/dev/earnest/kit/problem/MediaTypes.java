package dev.earnest.kit.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Media types that cannot be read are refused before anything looks for an endpoint by them, which
/// would trip over them.
public class MediaTypes {
  @ServerRequestFilter(preMatching = true)
  public @Nullable Response check(ContainerRequestContext request) {
    if (!isReadable(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      return Problems.answer(
          415, "unsupported_media_type", "The body must be JSON.", request.getUriInfo());
    }
    String accepted = request.getHeaderString(HttpHeaders.ACCEPT);
    if (accepted != null) {
      for (String one : accepted.split(",")) {
        if (!isReadable(one)) {
          return Problems.answer(
              406, "not_acceptable", "There is no answer of the asked type.", request.getUriInfo());
        }
      }
    }
    return null;
  }

  private static boolean isReadable(@Nullable String type) {
    if (type == null) {
      return true;
    }
    try {
      MediaType.valueOf(type.strip());
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
