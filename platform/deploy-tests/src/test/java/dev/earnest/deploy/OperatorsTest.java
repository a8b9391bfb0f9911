package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.earnest.deploy.Chart.Values;
import dev.earnest.local.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What operators of the cluster are asked for, and what they are told when they ask for nonsense.
class OperatorsTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /// Their models are in no library; these are the fields that the chart uses.
  @ParameterizedTest
  @ValueSource(strings = {"Cluster", "ScaledObject"})
  void objectsWithoutAModelAreAsTheirOperatorsWantThem(String kind) {
    Schema schema = schema(kind);
    List<JsonNode> objects = Chart.render(Values.FULL, kind);
    assertThat(objects).hasSize(4);
    for (JsonNode object : objects) {
      assertThat(schema.validate(object.toString(), InputFormat.JSON)).isEmpty();
    }
    ObjectNode wrong = objects.getFirst().deepCopy();
    ((ObjectNode) wrong.path("spec")).put("instnaces", 3);
    assertThat(schema.validate(wrong.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "publicUrl, 5",
    "publicUrl, earnest.example",
    "image.kind, docker",
    "feeBasisPoints, 10001",
    "kafka.partitions, 0",
    "postgres.managed, perhaps",
    "services.payment-service.replicas, 1",
    "replicaCount, 3"
  })
  void valuesThatMakeNoSenseAreRefused(String name, String value) {
    assertThatThrownBy(() -> Chart.renderWith(name, value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("values don't meet the specifications of the schema");
  }

  /// The topics of the local stack are those of a cluster.
  @Test
  void topicsAreMade() {
    Set<String> made = new HashSet<>(Wiring.namesOf(Chart.render(Values.FULL, "KafkaTopic")));
    assertThat(made).isEqualTo(Set.copyOf(Topics.ALL));
    for (JsonNode topic : Chart.render(Values.FULL, "KafkaTopic")) {
      assertThat(topic.at("/spec/partitions").asInt()).isEqualTo(Topics.PARTITIONS);
    }
  }

  private static Schema schema(String kind) {
    try (var file = OperatorsTest.class.getResourceAsStream("/" + kind + ".schema.json")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return REGISTRY.getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
