package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.escrow.EscrowTests;
import dev.earnest.escrow.Owner;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/ledger.md` is true: its SQL is run, as the service's role, and what comes out is what stands
/// there. What came out is also written to `target/ledger.md`, to be looked at or copied.
@QuarkusTest
class LedgerDocumentTest extends EscrowTests {
  private static final Pattern BLOCK =
      Pattern.compile("```sql\\n(.*?)```\\n(?:\\n```text\\n.*?```\\n)?", Pattern.DOTALL);

  @Test
  void documentShowsWhatItsSqlDoes() throws SQLException, IOException {
    Path document = repository().resolve("docs/ledger.md");
    String text = Files.readString(document);
    StringBuilder shown = new StringBuilder();
    int blocks = 0;

    try (Connection connection = Owner.connectAsRunner()) {
      connection.setAutoCommit(false);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        String output = run(connection, block.group(1));
        String result = output.isEmpty() ? "" : "\n```text\n" + output + "```\n";
        block.appendReplacement(
            shown, Matcher.quoteReplacement("```sql\n" + block.group(1) + "```\n" + result));
        blocks++;
      }
      block.appendTail(shown);
      connection.rollback();
    }

    Files.writeString(Path.of("target", "ledger.md"), shown);
    assertThat(blocks).isGreaterThan(10);
    assertThat(shown.toString()).isEqualTo(text);
  }

  /// A block that fails shows its error and changes nothing.
  private static String run(Connection connection, String block) throws SQLException {
    Savepoint before = connection.setSavepoint();
    StringBuilder output = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      for (String sql : block.split(";\\n")) {
        if (!sql.isBlank() && statement.execute(sql)) {
          output.append(table(statement.getResultSet()));
        }
      }
    } catch (SQLException e) {
      connection.rollback(before);
      return Objects.requireNonNull(e.getMessage()).lines().findFirst().orElse("") + "\n";
    }
    return output.toString();
  }

  /// As psql draws it: numbers to the right, text to the left.
  private static String table(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>());
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      rows.getFirst().add(columns.getColumnLabel(i));
    }
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.add(Objects.requireNonNullElse(result.getString(i), ""));
      }
      rows.add(row);
    }
    StringBuilder drawn = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < columns.getColumnCount(); c++) {
        int column = c;
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        boolean right = r > 0 && isNumber(columns, c + 1);
        cells.add(("%" + (right ? "" : "-") + width + "s").formatted(rows.get(r).get(c)));
      }
      String line = " " + String.join(" | ", cells);
      drawn.append(line.stripTrailing()).append('\n');
      if (r == 0) {
        drawn.append(
            String.join(
                "+",
                Stream.of(line.substring(1).split(" \\| ", -1))
                    .map(LedgerDocumentTest::dashes)
                    .toList()));
        drawn.append('\n');
      }
    }
    return drawn
        .append('(')
        .append(rows.size() - 1)
        .append(rows.size() == 2 ? " row)\n" : " rows)\n")
        .toString();
  }

  private static String dashes(String cell) {
    return "-".repeat(cell.length() + 2);
  }

  private static boolean isNumber(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnTypeName(column)) {
      case "int2", "int4", "int8", "numeric", "float8" -> true;
      default -> false;
    };
  }

  private static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("docs/ledger.md")))
        .findFirst()
        .orElseThrow();
  }
}
