package dev.earnest.bench;

import dev.earnest.bench.Script.Call;
import dev.earnest.bench.Script.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A buyer and an agent whose lifecycles are nothing but statements: a bare client of PostgreSQL with
/// a connection to each service's database.
final class Replay implements Person {
  /// As the services spread keys and the platform's accounts.
  private static final int LANES = 16;

  private static final int SHARDS = 16;
  private static final String TRACE = "00-9897a1ae9b2607d569dc668be512d52d-e2602bb33346c7bd-00";

  private final Script script;
  private final Map<String, Connection> connections = new HashMap<>();
  private final Values values;
  private final UnaryOperator<String> examples;

  Replay(Script script, Scratch scratch) throws SQLException {
    this.script = script;
    this.examples = scratch::example;
    this.values = new Values(examples);
    for (String service : Scratch.SERVICES) {
      Connection connection = scratch.connect(service);
      connections.put(service, connection);
      connection.setAutoCommit(false);
    }
    String agent = Values.newId();
    values.set("agent", agent).set("buyer", "buyer-" + agent).set("payee", "agent-" + agent);
    begin();
    for (Transaction transaction : script.person()) {
      run(transaction);
    }
  }

  @Override
  public void live(Stopwatch watch) throws SQLException {
    begin();
    for (Transaction transaction : script.lifecycle()) {
      run(transaction);
      watch.lap(transaction.service());
    }
  }

  private void begin() {
    values.forgetNewIds();
    String task = Values.newId();
    Instant now = Instant.now();
    values
        .set("task", task)
        .set("now", now)
        .set("inAWeek", now.plus(Duration.ofDays(7)))
        .set("inTwoDays", now.plus(Duration.ofDays(2)))
        .set("lane", Math.floorMod(task.hashCode(), LANES))
        .set("shard", ThreadLocalRandom.current().nextInt(SHARDS))
        .set("stream", ThreadLocalRandom.current().nextLong(1L << 40))
        .set("trace", TRACE);
  }

  private void run(Transaction transaction) throws SQLException {
    Connection connection = Objects.requireNonNull(connections.get(transaction.service()));
    values.forgetRows();
    try {
      for (Call call : transaction.calls()) {
        run(connection, call);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw new SQLException(transaction.service() + " " + transaction.name() + ": " + e, e);
    }
  }

  private void run(Connection connection, Call call) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(call.sql())) {
      List<String> parameters = call.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        String template = parameters.get(i);
        if (template.startsWith("#")) {
          statement.setBytes(
              i + 1, examples.apply(template.substring(1)).getBytes(StandardCharsets.UTF_8));
          continue;
        }
        @Nullable String value = values.fill(template);
        if (template.contains(".*") && "{}".equals(value)) {
          return;
        }
        // of a type that the server works out, as from a literal
        statement.setObject(i + 1, value, value == null ? Types.NULL : Types.OTHER);
      }
      boolean rows = statement.execute();
      if (!rows && statement.getUpdateCount() == 0 && !call.sql().contains("DO NOTHING")) {
        throw new IllegalStateException("nothing was written by " + call.sql());
      }
      while (rows) {
        read(statement.getResultSet());
        rows = statement.getMoreResults();
      }
    }
  }

  private void read(ResultSet result) throws SQLException {
    var columns = result.getMetaData();
    for (int row = 1; result.next(); row++) {
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        values.column(columns.getColumnLabel(column), row, result.getString(column));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }
}
