package dev.earnest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earnest.local.identity.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The published OpenAPI documents, as tools of others read them. Needs Node.js, which is the only
/// thing here besides a JDK.
class GeneratedClientTest {
  private static final Path SOURCE = Path.of("src", "test", "generated-client");
  private static final Path FOLDER = Path.of("target", "generated-client");
  private static final int PATIENCE_MINUTES = 3;

  @BeforeAll
  static void install() throws IOException {
    assumeThat(hasNode()).as("Node.js is installed").isTrue();
    Files.createDirectories(FOLDER);
    try (Stream<Path> files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Files.write(FOLDER.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    run("npm", "ci", "--no-audit", "--no-fund");
  }

  @ParameterizedTest
  @FieldSource("dev.earnest.system.OwnStack#SERVICES")
  void documentIsOpenApi31(String service) throws IOException {
    run("node", "validate.mjs", document(service).toString());
  }

  @Test
  void documentNamesTheDoorsAndShowsExamples() throws IOException {
    JsonNode document =
        new JsonMapper().readTree(FOLDER.resolve(document("task-service")).toFile());
    Set<String> tags = new TreeSet<>();
    document
        .path("paths")
        .forEach(path ->
            path.forEach(
                operation -> operation.path("tags").forEach(tag -> tags.add(tag.asText()))));
    assertThat(tags).containsExactly("Agent queue", "Assistant tasks", "Marketplace", "Team board");
    JsonNode create = document.at("/components/schemas/CreateTask/examples");
    assertThat(create).hasSize(2);
    assertThat(create.get(0).path("budget").decimalValue()).isEqualByComparingTo("50");
    assertThat(create.get(1).path("capability").asText()).isEqualTo("translate");
  }

  @Test
  void generatedClientCompilesAndCompletesATask() throws IOException {
    run("npx", "openapi-typescript", document("task-service").toString(), "-o", "api.d.ts");
    run("npx", "tsc", "-p", ".");
    String buyer = token("buyer-" + UUID.randomUUID(), "buyer");
    String owner = token("owner-" + UUID.randomUUID(), "agent");

    String said = run("node", "built/client.js", RunningStack.stack().url(), buyer, owner);

    assertThat(said.strip()).endsWith("COMPLETED {\"text\":\"Good day\"}");
  }

  private static String token(String account, String role) {
    return RunningStack.stack().token(TokenRequest.of(account, role));
  }

  /// As it is published, in a file beside the tools.
  private static Path document(String service) throws IOException {
    Path file = Path.of(service + ".json");
    Files.writeString(FOLDER.resolve(file), RunningStack.document(service));
    return file;
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("%s: %s", words[0], said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
