package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A task's stream through the gateway, unbuffered, and taken up again where it was cut.
class StreamTest {
  @Test
  void streamTellsTheTasksLifeAndEnds() throws IOException {
    Life life = new Life().register().deposit("50.00").create("50.00").awaitStatus("EXECUTING");
    HttpResponse<InputStream> stream = open(life, null);
    assertThat(stream.statusCode()).isEqualTo(200);
    String lastId;
    try (BufferedReader lines = reader(stream)) {
      assertThat(next(lines).name()).isEqualTo("status");
      life.progress();
      ServerEvent event = next(lines);
      while (event.name().equals("status")) {
        event = next(lines);
      }
      assertThat(event.name()).isEqualTo("progress");
      lastId = event.id();
    }
    life.deliver().approve();
    List<String> rest = new ArrayList<>();
    try (BufferedReader lines = reader(open(life, lastId))) {
      ServerEvent event;
      do {
        event = next(lines);
        rest.add(event.name());
      } while (!event.name().equals("done"));
      lastId = event.id();
    }
    assertThat(rest).containsSubsequence("delivery", "status", "done").endsWith("done");
    assertThat(rest).doesNotContain("progress");
    assertThat(open(life, lastId).statusCode()).isEqualTo(204);
  }

  private record ServerEvent(String id, String name) {}

  private static HttpResponse<InputStream> open(Life life, @Nullable String lastEventId) {
    return RunningStack.market().stream(
        life.buyer, "/api/v1/tasks/" + life.task() + "/stream", lastEventId);
  }

  private static BufferedReader reader(HttpResponse<InputStream> stream) {
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  private static ServerEvent next(BufferedReader lines) throws IOException {
    String id = "";
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.isEmpty() && !name.isEmpty()) {
        return new ServerEvent(id, name);
      }
    }
    throw new AssertionError("the stream ended without done");
  }
}
