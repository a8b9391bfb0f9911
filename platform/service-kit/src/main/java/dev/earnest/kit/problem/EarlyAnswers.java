package dev.earnest.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// Answers with a problem document before a resource is asked.
@ApplicationScoped
public class EarlyAnswers {
  private final ObjectMapper json;

  public EarlyAnswers(ObjectMapper json) {
    this.json = json;
  }

  public void refuse(RoutingContext request, Refusal refusal) {
    request
        .response()
        .setStatusCode(refusal.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .end(written(Problems.document(refusal, request.normalizedPath())));
  }

  private String written(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
