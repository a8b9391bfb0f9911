package dev.earnest.deploy;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ResourceMetricSource;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressRuleValue;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitorSpec;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaClusterSpec;
import io.strimzi.api.kafka.model.kafka.KafkaSpec;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePoolSpec;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;

/// The fields without which an API server refuses an object. The models do not say them; these are
/// those of the API references of Kubernetes, the Gateway API, the Prometheus operator and Strimzi,
/// for what the chart uses.
final class RequiredFields {
  private static final List<String> NAME = List.of("name");
  private static final List<String> OBJECT = List.of("apiVersion", "kind", "metadata", "spec");

  static final Map<Class<?>, List<String>> OF =
      Map.ofEntries(
          Map.entry(Deployment.class, OBJECT),
          Map.entry(DeploymentSpec.class, List.of("selector", "template")),
          Map.entry(PodTemplateSpec.class, List.of("metadata", "spec")),
          Map.entry(PodSpec.class, List.of("containers")),
          Map.entry(Container.class, List.of("name", "image")),
          Map.entry(ContainerPort.class, List.of("containerPort")),
          Map.entry(EnvVar.class, NAME),
          Map.entry(SecretKeySelector.class, List.of("name", "key")),
          Map.entry(ConfigMapKeySelector.class, List.of("name", "key")),
          Map.entry(ConfigMapVolumeSource.class, NAME),
          Map.entry(HTTPGetAction.class, List.of("port")),
          Map.entry(SeccompProfile.class, List.of("type")),
          Map.entry(Volume.class, NAME),
          Map.entry(VolumeMount.class, List.of("name", "mountPath")),
          Map.entry(
              TopologySpreadConstraint.class,
              List.of("maxSkew", "topologyKey", "whenUnsatisfiable")),
          Map.entry(LabelSelectorRequirement.class, List.of("key", "operator")),
          Map.entry(ServicePort.class, List.of("port")),
          Map.entry(HorizontalPodAutoscaler.class, OBJECT),
          Map.entry(HorizontalPodAutoscalerSpec.class, List.of("scaleTargetRef", "maxReplicas")),
          Map.entry(CrossVersionObjectReference.class, List.of("kind", "name")),
          Map.entry(MetricSpec.class, List.of("type")),
          Map.entry(ResourceMetricSource.class, List.of("name", "target")),
          Map.entry(MetricTarget.class, List.of("type")),
          Map.entry(NetworkPolicy.class, OBJECT),
          Map.entry(NetworkPolicySpec.class, List.of("podSelector")),
          Map.entry(IPBlock.class, List.of("cidr")),
          Map.entry(Ingress.class, OBJECT),
          Map.entry(HTTPIngressRuleValue.class, List.of("paths")),
          Map.entry(HTTPIngressPath.class, List.of("path", "pathType", "backend")),
          Map.entry(IngressServiceBackend.class, List.of("name", "port")),
          Map.entry(HTTPRoute.class, OBJECT),
          Map.entry(ParentReference.class, NAME),
          Map.entry(HTTPBackendRef.class, List.of("name", "port")),
          Map.entry(ServiceMonitor.class, OBJECT),
          Map.entry(ServiceMonitorSpec.class, List.of("endpoints", "selector")),
          Map.entry(PrometheusRule.class, OBJECT),
          Map.entry(PrometheusRuleSpec.class, List.of("groups")),
          Map.entry(RuleGroup.class, List.of("name", "rules")),
          Map.entry(Rule.class, List.of("expr")),
          Map.entry(Kafka.class, OBJECT),
          Map.entry(KafkaSpec.class, List.of("kafka")),
          Map.entry(KafkaClusterSpec.class, List.of("listeners")),
          Map.entry(GenericKafkaListener.class, List.of("name", "port", "type", "tls")),
          Map.entry(KafkaNodePool.class, OBJECT),
          Map.entry(KafkaNodePoolSpec.class, List.of("replicas", "storage", "roles")),
          Map.entry(KafkaTopic.class, OBJECT));

  private RequiredFields() {}
}
