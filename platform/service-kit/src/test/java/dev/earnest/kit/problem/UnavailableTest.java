package dev.earnest.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnavailableTest {
  /// As one that is paused, or whose host is being moved.
  @Test
  void databaseThatTakesConnectionsAndSaysNothingIsAway() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        AgroalDataSource pool =
            AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(settings ->
                        settings
                            .maxSize(1)
                            .acquisitionTimeout(Duration.ofMillis(200))
                            .connectionFactoryConfiguration(factory ->
                                factory.jdbcUrl(
                                    "jdbc:postgresql://127.0.0.1:"
                                        + silent.getLocalPort()
                                        + "/none"))))) {
      SQLException error = catchThrowableOfType(SQLException.class, pool::getConnection);

      assertThat(Unavailable.is(new IllegalStateException("query failed", error))).isTrue();
    }
  }

  @Test
  void whatADatabaseRefusesIsNoSignOfItsAbsence() {
    assertThat(Unavailable.is(new SQLException("duplicate key", "23505"))).isFalse();
  }
}
