package dev.earnest.kit.event;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// How many events are parked in this service: `earnest_dead_letters_parked`, which is worth waking
/// somebody for when it is not 0.
@ApplicationScoped
class DeadLetterMetrics {
  private static final String COUNT = "SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL";

  private final AgroalDataSource dataSource;
  private volatile long parked;

  DeadLetterMetrics(AgroalDataSource dataSource, MeterRegistry meters) {
    this.dataSource = dataSource;
    meters.gauge("earnest.dead.letters.parked", this, now -> now.parked);
  }

  @Scheduled(every = "10s")
  void count() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement count = connection.createStatement();
        ResultSet row = count.executeQuery(COUNT)) {
      row.next();
      parked = row.getLong(1);
    }
  }
}
