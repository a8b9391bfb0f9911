package dev.earnest.task.api.assistant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.task.TaskServiceTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the OpenAPI document says of this door, for those who generate their clients.
@TaskServiceTest
class AssistantTasksOpenApiTest {
  private JsonPath document;

  @BeforeEach
  void read() {
    document = given().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
  }

  /// Every endpoint, what it answers with, and whether it has the document's example.
  @ParameterizedTest
  @CsvSource({
    "/tasks, get, 200, AssistantTaskPage, false",
    "/tasks, post, 201, AssistantTask, true",
    "/tasks/{taskId}, get, 200, AssistantTask, false",
    "/tasks/{taskId}, put, 200, AssistantTask, true",
    "/tasks/{taskId}, delete, 204, , false",
    "/tasks/{taskId}/assignees, put, 200, AssistantTask, true",
    "/tasks/{taskId}/feedback, post, 200, AssistantTask, true",
    "/tasks/{taskId}/stop, post, 200, AssistantTask, false",
    "/tasks/{taskId}/process, post, 200, AssistantTask, true"
  })
  void endpoint(
      String path, String method, String status, @Nullable String schema, boolean hasExample) {
    String operation = "paths.'%s'.%s".formatted(path, method);
    assertThat(document.getList(operation + ".tags")).isEqualTo(List.of("Assistant tasks"));
    String answer = operation + ".responses.'" + status + "'";
    assertThat(document.<Object>get(answer)).isNotNull();
    assertThat(document.getString(answer + ".content.'application/json'.schema.'$ref'"))
        .isEqualTo(schema == null ? null : "#/components/schemas/" + schema);
    String examples = operation + ".requestBody.content.'application/json'.examples";
    assertThat(document.<Object>get(examples) != null).isEqualTo(hasExample);
  }

  @ParameterizedTest
  @CsvSource({
    "NewAssistantTask, 'title,assistant'",
    "AssignUsers, emails",
    "GiveFeedback, status",
    "UpdateAssistantTask, ''",
    "ProcessAssistantTask, ''"
  })
  void whatABodyMustHave(String schema, String names) {
    List<String> required = document.getList("components.schemas." + schema + ".required");
    assertThat(required == null ? "" : String.join(",", required)).isEqualTo(names);
  }

  @Test
  void parametersOfTheList() {
    assertThat(document.<String>getList("paths.'/tasks'.get.parameters.name"))
        .containsExactlyInAnyOrder("status", "type", "search", "mine", "page", "perPage");
  }
}
