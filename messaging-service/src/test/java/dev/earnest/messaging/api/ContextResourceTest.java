package dev.earnest.messaging.api;

import static dev.earnest.messaging.Story.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.earnest.messaging.RealService;
import dev.earnest.messaging.Story;
import dev.earnest.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

@RealService
class ContextResourceTest {
  @Test
  void briefPartiesAndConversationAreOneAnswer() {
    Story story =
        new Story().agentIsKnown().callback("http://127.0.0.1:1/secret").created().assigned();
    story.heard(2).post(story.buyerToken(), "Use TypeScript");
    story.post(story.agentToken(), "Will do");
    await().until(() -> context(story).get("agent") != null);

    JsonPath context = context(story);

    assertThat(context.getBoolean("success")).isTrue();
    assertThat(context.getString("task.id")).isEqualTo(story.task().toString());
    assertThat(context.getString("task.title")).startsWith("Build a REST API");
    assertThat(context.getString("task.description")).startsWith("Create a Node.js");
    assertThat(context.getString("task.category")).isEqualTo("CODING");
    assertThat(context.getFloat("task.budget")).isEqualTo(50f);
    assertThat(context.getString("task.status")).isEqualTo("EXECUTING");
    assertThat(context.getString("task.previousStatus")).isEqualTo("PENDING");
    assertThat(context.getString("task.createdAt")).matches(".*\\.\\d{3}Z");
    assertThat(context.getString("messages[0].createdAt")).matches(".*\\.\\d{3}Z");
    assertThat(context.getString("buyer.account")).isEqualTo(story.buyer());
    assertThat(context.getString("agent.id")).isEqualTo(story.agent().toString());
    assertThat(context.getString("agent.name")).isEqualTo("Ada");
    assertThat(context.<String>getList("messages.content"))
        .containsExactly("Use TypeScript", "Will do");
    assertThat(as(story.agentToken()).get(story.path("context")).asString())
        .doesNotContain("secret")
        .doesNotContain("webhook");
  }

  @Test
  void taskWithoutAgentHasNone() {
    Story story = new Story().createdWithoutAgent().heard(1);
    JsonPath context = as(story.buyerToken()).get(story.path("context")).jsonPath();
    assertThat(context.<Object>get("agent")).isNull();
    assertThat(context.getList("messages")).isEmpty();
    as(Tokens.of("stranger", "agent")).get(story.path("context")).then().statusCode(404);
  }

  private static JsonPath context(Story story) {
    return as(story.agentToken())
        .get(story.path("context"))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
