package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.deploy.Wiring.Route;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The marketplace on one machine, as Compose is told of it.
class ComposeTest {
  private static final Path FOLDER = Chart.ROOT.resolve("deploy/compose");
  private static final Pattern ASKED = Pattern.compile("\\$\\{([A-Z_]+)(:?[-?][^}]*)?}");
  private static final Set<String> SERVICES =
      Set.of("task-service", "escrow-service", "dispute-service", "messaging-service");

  private static JsonNode compose = new ObjectMapper().nullNode();

  @BeforeAll
  static void read() throws IOException {
    // unlike Jackson's, this reader merges what `<<` names
    try (Reader text = Files.newBufferedReader(Chart.ROOT.resolve("deploy/compose.yaml"))) {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      compose = new ObjectMapper().valueToTree(read);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"task-service", "escrow-service", "dispute-service", "messaging-service"})
  void everyVariableIsGiven(String service) {
    JsonNode given = service(service).path("environment");
    for (String variable : Variables.needed()) {
      assertThat(given.path(variable).asText()).as(variable).isNotEmpty();
    }
    String database = service.replace("-service", "");
    assertThat(given.path("QUARKUS_DATASOURCE_JDBC_URL").asText()).endsWith("/" + database);
    assertThat(given.path("QUARKUS_DATASOURCE_USERNAME").asText()).isEqualTo(database + "_service");
    assertThat(given.path("QUARKUS_FLYWAY_USERNAME").asText()).isEqualTo(database + "_owner");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway",
        "task-service",
        "escrow-service",
        "dispute-service",
        "messaging-service"
      })
  void ownContainersMayDoNothing(String name) {
    JsonNode service = service(name);
    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(service.path("user").asText()).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
  }

  @Test
  void onlyTheGatewayIsReachedFromOutside() {
    assertThat(compose.at("/networks/inside/internal").asBoolean()).isTrue();
    for (var service : compose.path("services").properties()) {
      assertThat(service.getValue().has("ports"))
          .as(service.getKey())
          .isEqualTo(service.getKey().equals("gateway"));
      assertThat(service.getValue().path("mem_limit").asText()).as(service.getKey()).isNotEmpty();
      assertThat(service.getValue().path("image").asText())
          .as(service.getKey())
          .matches(".+:[^:]+")
          .doesNotContain("latest");
      assertThat(service.getValue().path("security_opt").toString())
          .contains("no-new-privileges:true");
    }
  }

  /// Nothing secret is written here, and whatever has to be asked for is in the example.
  @Test
  void exampleHasWhatHasToBeFilledIn() throws IOException {
    String text = Files.readString(Chart.ROOT.resolve("deploy/compose.yaml"));
    Set<String> required = new TreeSet<>();
    ASKED
        .matcher(text)
        .results()
        .filter(match -> String.valueOf(match.group(2)).contains("?"))
        .forEach(match -> required.add(match.group(1)));
    List<String> example =
        Files.readAllLines(FOLDER.resolve("example.env")).stream()
            .filter(line -> line.contains("=") && !line.startsWith("#"))
            .toList();
    assertThat(required).hasSizeGreaterThan(6);
    assertThat(example.stream().map(line -> line.replaceAll("=.*", ""))).containsAll(required);
    assertThat(example)
        .filteredOn(line -> line.matches(".*(SECRET|PASSWORD)=.*"))
        .hasSize(4)
        .allMatch(line -> line.endsWith("="));
  }

  @Test
  void everyServiceHasItsDatabaseAndTheTopicsAreTheStacks() throws IOException {
    String databases = Files.readString(FOLDER.resolve("databases.sh"));
    for (String service : SERVICES) {
      assertThat(databases).contains(service.replace("-service", ""));
    }
    List<String> topics =
        Chart.render(Chart.Values.FULL, "KafkaTopic").stream()
            .map(topic -> topic.at("/metadata/name").asText())
            .toList();
    assertThat(Files.readString(FOLDER.resolve("topics.sh")))
        .contains("for topic in " + String.join(" ", topics) + ";");
  }

  /// `-Dearnest.write-manifests=true` writes it anew.
  @Test
  void gatewayHasTheRoutingTable() throws IOException {
    Path file = FOLDER.resolve("routes.conf");
    String routes = nginx(Wiring.routes());
    if (Boolean.getBoolean("earnest.write-manifests")) {
      Files.writeString(file, routes);
    }
    assertThat(file).hasContent(routes);
    for (Route route : Wiring.routes()) {
      assertThat(firstOf(routes, route.example())).isEqualTo(route.service());
    }
    for (String nowhere : List.of("/", "/q/health", "/api", "/api/v1x", "/agentsx")) {
      assertThat(firstOf(routes, nowhere)).as(nowhere).isEmpty();
    }
  }

  /// The expressions are tried in their order, so the most specific comes first.
  private static String nginx(List<Route> routes) {
    StringBuilder text =
        new StringBuilder(
            """
            # Generated from deploy/routes.yaml: change that, then as deploy/kubernetes/earnest.yaml says.
            map $uri $service {
              default "";
            """);
    routes.stream()
        .sorted(Route.MOST_SPECIFIC)
        .forEach(route ->
            text.append("  ~^")
                .append(route.expression())
                .append("$ ")
                .append(route.service())
                .append(";\n"));
    return text.append("}\n").toString();
  }

  /// What the map's first expression that matches leads to.
  private static String firstOf(String map, String path) {
    return Stream.of(map.split("\n"))
        .map(line -> line.strip().replace(";", "").split(" "))
        .filter(words -> words.length == 2 && words[0].startsWith("~"))
        .filter(words -> Pattern.compile(words[0].substring(1)).matcher(path).find())
        .map(words -> words[1])
        .findFirst()
        .orElse("");
  }

  private static JsonNode service(String name) {
    JsonNode service = compose.path("services").path(name);
    assertThat(service.isObject()).as(name).isTrue();
    return service;
  }
}
