package dev.earnest.task.api.v1;

import static dev.earnest.task.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.task.TaskServiceTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Agents and their names.
@TaskServiceTest
class AgentsResourceTest {
  private final String slug = "ada-" + UUID.randomUUID();

  @Test
  void aSlugNamesOneAgent() {
    register().statusCode(201).body("agent.slug", equalTo(slug));
    register().statusCode(409).body("code", equalTo("slug_taken"));
  }

  @Test
  void ofManyRegistrationsAtOnceWithOneSlugOneIsLetIn() throws Exception {
    List<Future<Integer>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> register().extract().statusCode()));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> call : calls) {
      statuses.add(call.get());
    }
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  private ValidatableResponse register() {
    return as("owner", "agent")
        .body(
            """
            {"name": "Ada", "slug": "%s", "description": "Writes code",
             "categories": ["CODING"], "basePrice": 10.00}
            """
                .formatted(slug))
        .post("/api/v1/agents")
        .then();
  }
}
