package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.deploy.Chart.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The plain manifests are the chart with its defaults. `-Dearnest.write-manifests=true` writes them anew.
class ManifestsTest {
  private static final Path FILE = Chart.ROOT.resolve("deploy/kubernetes/earnest.yaml");
  private static final String HEAD =
      """
      # The Helm chart deploy/helm/earnest with its default values, for those without Helm. Generated: change the chart, then
      # ./mvnw -pl platform/deploy-tests -am -Dtest=ManifestsTest -Dsurefire.failIfNoSpecifiedTests=false \\
      #   -Dearnest.write-manifests=true verify
      """;

  @Test
  void plainManifestsAreTheChart() throws IOException {
    String manifests = HEAD + Chart.text(Values.DEFAULT).stripTrailing() + "\n";
    if (Boolean.getBoolean("earnest.write-manifests")) {
      Files.writeString(FILE, manifests);
    }
    assertThat(FILE).hasContent(manifests);
  }
}
