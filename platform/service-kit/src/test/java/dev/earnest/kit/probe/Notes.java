package dev.earnest.kit.probe;

import dev.earnest.kit.event.Event;
import dev.earnest.kit.event.EventBatch;
import dev.earnest.kit.event.TopicHandler;
import dev.earnest.kit.event.Topics;
import dev.earnest.kit.problem.Refusal;
import io.agroal.api.AgroalDataSource;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A consumer as every service has them; its effect is a row.
@ApplicationScoped
public class Notes implements TopicHandler {
  private final AgroalDataSource dataSource;
  private final Set<String> mended = ConcurrentHashMap.newKeySet();

  public Notes(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public String topic() {
    return Topics.MESSAGE;
  }

  /// Lets what failed of a key succeed from now on.
  public void mend(String key) {
    mended.add(key);
  }

  @Override
  public void handle(EventBatch batch) {
    batch.each(this::handle);
  }

  private void handle(Event event) {
    Noted noted = event.as(Noted.class);
    switch (noted.wish()) {
      case "refuse" -> throw Refusal.conflict("unwanted", "The probe does not want it.");
      case "fail" -> {
        if (!mended.contains(event.key())) {
          throw new IllegalArgumentException("the probe cannot");
        }
        effect(event.key(), noted.number());
      }
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
