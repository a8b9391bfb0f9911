package dev.earnest.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The Helm chart, rendered by Helm's own engine.
final class Chart {
  static final Path ROOT = Path.of(System.getProperty("earnest.root"));
  private static final Path CHART = ROOT.resolve("deploy/helm/earnest");
  private static final String KUBERNETES = "1.33.0";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Chart() {}

  /// Values that operators may start from: a file beside the chart's own, or its defaults.
  enum Values {
    DEFAULT,
    MINIMAL,
    FULL;

    Path file() {
      String name =
          this == DEFAULT ? "values.yaml" : "values-" + name().toLowerCase(Locale.ROOT) + ".yaml";
      return CHART.resolve(name);
    }
  }

  static List<JsonNode> render(Values values) {
    return read(text(values));
  }

  static String text(Values values) {
    return template().withValuesFile(values.file()).call();
  }

  /// With one value changed.
  static List<JsonNode> renderWith(String name, String value) {
    return read(template().set(name, value).call());
  }

  private static TemplateCommand template() {
    return new Helm(CHART).template().withName("earnest").withKubeVersion(KUBERNETES);
  }

  private static List<JsonNode> read(String text) {
    List<JsonNode> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      documents.forEachRemaining(document -> {
        if (document.isObject()) {
          objects.add(document);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  static List<JsonNode> render(Values values, String kind) {
    return render(values).stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .toList();
  }

  static LintResult lint() {
    return new Helm(CHART).lint().strict().call();
  }

  static JsonNode read(Path yaml) {
    try {
      return YAML.readTree(yaml.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
