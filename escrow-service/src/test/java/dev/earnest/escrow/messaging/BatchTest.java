package dev.earnest.escrow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import dev.earnest.escrow.TaskTeller;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.testkit.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Many events of many tasks in one transaction, each task's in their order.
@QuarkusTest
class BatchTest extends EscrowTests {
  private static final int TASKS = 30;

  @Inject Inbox inbox;
  @Inject TaskEvents handler;

  @Test
  void wholeLivesOfManyTasksAreOneTransaction() throws SQLException {
    String buyer = someone("buyer");
    String agent = someone("agent");
    deposit(buyer, "250");
    List<TaskTeller> tasks =
        Stream.generate(() -> new TaskTeller(buyer, agent)).limit(TASKS).toList();

    hear(
        Stream.of("created", "assigned", "completed")
            .flatMap(word -> tasks.stream().map(task -> record(word, task)))
            .toList());

    // 25 of 30 could be held: what an event does is seen by those after it, not by those before
    assertThat(wallet(buyer)).isEqualTo("50.00 available, 0.00 held");
    assertThat(wallet(agent)).isEqualTo("190.00 available, 0.00 held");
    assertThat(transactions(tasks)).isEqualTo(1);
    TaskTeller first = tasks.getFirst();
    first.hears("released");
    assertThat(first.heard()).containsExactly("held", "refunded", "released");
  }

  private void hear(List<ConsumerRecord<String, byte[]>> records) {
    inbox.receive(
        new ConsumerRecords<>(Map.of(new TopicPartition(Topics.TASK, 0), records), Map.of()),
        handler);
  }

  private static ConsumerRecord<String, byte[]> record(String word, TaskTeller task) {
    String type = "earnest.task." + word + ".v1";
    String value =
        switch (word) {
          case "created" ->
              task.event(type, "PENDING", event -> event.put("budget", new BigDecimal(10)));
          case "assigned" ->
              task.event(type, "EXECUTING", event -> event.put("price", new BigDecimal(8)));
          default -> task.event(type, "COMPLETED", event -> event.put("payee", task.agent()));
        };
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topics.TASK, 0, 0, task.id(), value.getBytes(StandardCharsets.UTF_8));
    TestKafka.headers(UUID.randomUUID().toString(), type, task.id())
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /// Rows remember the transaction that wrote them.
  private static int transactions(List<TaskTeller> tasks) throws SQLException {
    try (Connection connection = Owner.connectAsRunner();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT count(DISTINCT xmin::text) FROM transfers WHERE task_id = ANY (?::uuid[])")) {
      query.setArray(
          1, connection.createArrayOf("uuid", tasks.stream().map(TaskTeller::id).toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
