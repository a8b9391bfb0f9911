package dev.earnest.kit.problem;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Media types that cannot be read are refused before anything looks for an endpoint by them, which
/// would trip over them.
public class MediaTypes {
  @ServerRequestFilter(preMatching = true)
  public void check(ContainerRequestContext request) {
    if (!isReadable(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      throw new NotSupportedException();
    }
    String accepted = request.getHeaderString(HttpHeaders.ACCEPT);
    if (accepted != null) {
      for (String one : accepted.split(",")) {
        if (!isReadable(one)) {
          throw new NotAcceptableException();
        }
      }
    }
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
