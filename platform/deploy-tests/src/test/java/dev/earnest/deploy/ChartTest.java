package dev.earnest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import dev.earnest.deploy.Chart.Values;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the chart makes is what Kubernetes and its operators know.
class ChartTest {
  private static final Map<String, Class<?>> MODELS =
      Map.ofEntries(
          Map.entry("Deployment", Deployment.class),
          Map.entry("Service", Service.class),
          Map.entry("ServiceAccount", ServiceAccount.class),
          Map.entry("PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("NetworkPolicy", NetworkPolicy.class),
          Map.entry("Ingress", Ingress.class),
          Map.entry("ConfigMap", ConfigMap.class),
          Map.entry("HTTPRoute", HTTPRoute.class),
          Map.entry("ServiceMonitor", ServiceMonitor.class),
          Map.entry("PrometheusRule", PrometheusRule.class),
          Map.entry("Kafka", Kafka.class),
          Map.entry("KafkaNodePool", KafkaNodePool.class),
          Map.entry("KafkaTopic", KafkaTopic.class));

  @Test
  void lintHasNothingToSay() {
    LintResult result = Chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldIsKnownAndNoneIsMissing(Values values) {
    List<JsonNode> objects = Chart.render(values);
    assertThat(objects).hasSizeGreaterThan(16);
    for (JsonNode object : objects) {
      String kind = object.path("kind").asText();
      Class<?> model = MODELS.get(kind);
      if (model != null) {
        assertThat(StrictModel.faults(object, model)).as("%s", object).isEmpty();
      } else {
        assertThat(kind).isIn("ScaledObject", "Cluster");
      }
    }
  }

  @Test
  void fullValuesMakeEveryKind() {
    Set<String> kinds = new TreeSet<>();
    Chart.render(Values.FULL).forEach(object -> kinds.add(object.path("kind").asText()));
    Chart.render(Values.DEFAULT).forEach(object -> kinds.add(object.path("kind").asText()));
    assertThat(kinds).containsAll(MODELS.keySet()).contains("ScaledObject", "Cluster");
  }

  @Test
  void fieldThatIsNotKnownIsFound() {
    ObjectNode deployment = Chart.render(Values.DEFAULT, "Deployment").getFirst().deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("livenesProbe", 1);
    assertThat(StrictModel.faults(deployment, Deployment.class))
        .containsExactly(".spec.template.spec.containers[0].livenesProbe is unknown");
  }

  @Test
  void fieldThatIsMissingIsFound() {
    ObjectNode deployment = Chart.render(Values.DEFAULT, "Deployment").getFirst().deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).remove("image");
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0/ports/0"))
        .remove("containerPort");
    assertThat(StrictModel.faults(deployment, Deployment.class))
        .containsExactly(
            ".spec.template.spec.containers[0].image is missing",
            ".spec.template.spec.containers[0].ports[0].containerPort is missing");
  }
}
