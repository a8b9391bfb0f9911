package dev.earnest.kit.idempotency;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Gives the first answer again, as it was.
public class AnswerAgainMapper {
  @ServerExceptionMapper
  public Response again(AnswerAgain again) {
    return Response.status(again.status())
        .type(MediaType.APPLICATION_JSON)
        .entity(again.json())
        .build();
  }
}
