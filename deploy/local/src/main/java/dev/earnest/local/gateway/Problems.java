package dev.earnest.local.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/// The gateway's own errors look like those of the services.
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  static Buffer body(int status, String code, String detail, String path) {
    var problem =
        new JsonObject()
            .put("type", "urn:earnest:problem:" + code)
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail)
            .put("instance", path)
            .put("code", code);
    if (path.startsWith("/api/v1/")) {
      problem.put("success", false).put("error", detail);
    }
    return problem.toBuffer();
  }
}
