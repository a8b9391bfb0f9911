package dev.earnest.kit.probe;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.Inbox;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.problem.Refusal;
import io.agroal.api.AgroalDataSource;
import io.opentelemetry.api.trace.Span;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// A consumer as every service has them; its effect is a row.
@ApplicationScoped
public class Notes {
  private final Inbox inbox;
  private final AgroalDataSource dataSource;

  public Notes(Inbox inbox, AgroalDataSource dataSource) {
    this.inbox = inbox;
    this.dataSource = dataSource;
    inbox.register(Topics.MESSAGE, this::handle);
  }

  @Incoming("message-events")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    inbox.receive(records);
  }

  private void handle(EventBatch batch) {
    batch.each(this::handle);
  }

  private void handle(Event event) {
    Noted noted = event.as(Noted.class);
    switch (noted.wish()) {
      case "refuse" -> throw Refusal.conflict("unwanted", "The probe does not want it.");
      case "fail" -> throw new IllegalArgumentException("the probe cannot");
      default -> effect(event.key(), noted.number());
    }
  }

  private void effect(String key, int number) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO effects (key, number, trace_id) VALUES (?, ?, ?)")) {
      insert.setString(1, key);
      insert.setInt(2, number);
      insert.setString(3, Span.current().getSpanContext().getTraceId());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
