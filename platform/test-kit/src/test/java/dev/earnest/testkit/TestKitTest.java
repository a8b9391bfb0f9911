package dev.earnest.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestKitTest {
  private static Map<String, String> config = Map.of();

  @BeforeAll
  static void start() {
    config = start("task");
  }

  @Test
  void serviceGetsADatabaseOfItsOwn() throws Exception {
    var url = config.getOrDefault("quarkus.datasource.jdbc.url", "");
    try (var runner =
            DriverManager.getConnection(
                url,
                config.get("quarkus.datasource.username"),
                config.get("quarkus.datasource.password"));
        var statement = runner.createStatement();
        var rows = statement.executeQuery("SELECT current_database(), current_user")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("task");
      assertThat(rows.getString(2)).isEqualTo("task_service");
    }
  }

  @Test
  void everyServiceOfAJvmSharesTheServers() {
    var other = start("escrow");
    assertThat(other.get("kafka.bootstrap.servers"))
        .isEqualTo(config.get("kafka.bootstrap.servers"));
    assertThat(other.get("quarkus.datasource.jdbc.url"))
        .isNotEqualTo(config.get("quarkus.datasource.jdbc.url"));
  }

  @Test
  void publishedRecordIsReadByKeyAndType() {
    var key = UUID.randomUUID().toString();
    var id = TestKafka.publish("task.events", key, "earnest.task.created.v1", "{\"a\":1}");
    TestKafka.publish("task.events", key, "earnest.task.assigned.v1", "{}");

    var seen = TestKafka.await("task.events", key, "earnest.task.created.v1");

    assertThat(seen.id()).isEqualTo(id);
    assertThat(seen.value()).isEqualTo("{\"a\":1}");
    assertThat(TestKafka.records("task.events", key))
        .extracting(TestRecord::type)
        .containsExactly("earnest.task.created.v1", "earnest.task.assigned.v1");
  }

  @Test
  void examplesKeepTheirContractAndAnEmptyObjectDoesNot() {
    Contracts.assertKept(
        "earnest.dispute.opened.v1", Contracts.example("earnest.dispute.opened.v1"));
    assertThatThrownBy(() -> Contracts.assertKept("earnest.dispute.opened.v1", "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("breaks its contract");
  }

  @Test
  void receiverKeepsRequestsAndAnswersAsTold() throws Exception {
    try (var receiver = new WebhookReceiver().answer(WebhookReceiver.Answer.status(503));
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(receiver.url()))
              .header("Webhook-Id", "one")
              .POST(HttpRequest.BodyPublishers.ofString("hello"))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(receiver.await(2))
          .allSatisfy(seen -> {
            assertThat(seen.body()).isEqualTo("hello");
            assertThat(seen.headers()).containsEntry("webhook-id", "one");
          });
    }
  }

  private static Map<String, String> start(String service) {
    var stack = new RealStack();
    stack.init(Map.of("service", service));
    return stack.start();
  }
}
