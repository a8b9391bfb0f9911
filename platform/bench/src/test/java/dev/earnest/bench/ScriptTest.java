package dev.earnest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.bench.Script.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("earnest.root"));

  /// Put together from several strings, which a search for the text cannot find.
  private static final List<String> COMPOSED =
      List.of("SELECT t.id, t.buyer", "INSERT INTO tasks AS t");

  @Test
  void statementsAreThoseOfTheServices() {
    String sources =
        Stream.of("task-service", "escrow-service", "dispute-service", "messaging-service")
            .map(module -> javaOf(module + "/src/main/java"))
            .collect(Collectors.joining(javaOf("platform/service-kit/src/main/java")));

    List<String> written =
        Script.read().lifecycle().stream()
            .flatMap(transaction -> transaction.calls().stream())
            .map(Call::sql)
            .distinct()
            // the others are Hibernate's: nobody wrote them down
            .filter(sql -> Character.isUpperCase(sql.charAt(0)))
            .filter(sql -> COMPOSED.stream().noneMatch(sql::startsWith))
            .toList();

    assertThat(written)
        .hasSizeGreaterThan(10)
        .allSatisfy(sql -> assertThat(sources.contains(bare(sql))).as(sql).isTrue());
  }

  @Test
  void unknownStatementIsRefused() {
    assertThatThrownBy(
            () -> Script.parse("-- script lifecycle\n-- transaction task: x\nwrite | 1\n"))
        .hasMessageContaining("write");
  }

  private static String javaOf(String folder) {
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ScriptTest::read)
          .map(ScriptTest::bare)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Without white space, and without what Java puts around and between the parts of a string.
  private static String bare(String text) {
    return text.replaceAll("[\\s\"+\\\\]", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
