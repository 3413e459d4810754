package io.filedrop.hubspot.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests as {@code kubectl} renders them, read strictly. */
final class Rendered {

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "apps/v1/Deployment", Deployment.class,
                    "batch/v1/CronJob", CronJob.class,
                    "v1/Service", Service.class,
                    "v1/ConfigMap", ConfigMap.class,
                    "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
                    "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
                    "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
                    "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class,
                    "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class);

    /** The typed model keeps what it does not know; here that is an error. */
    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .setAnnotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                public Boolean hasAnySetter(Annotated annotated) {
                                    return false;
                                }
                            });

    private Rendered() {}

    static List<HasMetadata> render(String overlay) throws Exception {
        return render(Path.of("k8s/overlays", overlay));
    }

    static List<HasMetadata> render(Path folder) throws Exception {
        Process kubectl =
                new ProcessBuilder("kubectl", "kustomize", folder.toString())
                        .redirectError(
                                Path.of("target", "kustomize-" + folder.getFileName() + ".log")
                                        .toFile())
                        .start();
        List<HasMetadata> all = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().build());
        for (Object document : load.loadAllFromInputStream(kubectl.getInputStream())) {
            all.add(typed((Map<?, ?>) document));
        }
        assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).as("kubectl kustomize " + folder).isZero();
        return all;
    }

    static HasMetadata typed(Map<?, ?> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        assertThat(KINDS).as("known kinds").containsKey(kind);
        return STRICT.convertValue(document, KINDS.get(kind));
    }

    static List<String> configMapsNamedIn(PodSpec pod) {
        List<String> names = new ArrayList<>();
        pod.getVolumes()
                .forEach(
                        volume -> {
                            if (volume.getConfigMap() != null) {
                                names.add(volume.getConfigMap().getName());
                            }
                            if (volume.getProjected() != null) {
                                volume.getProjected()
                                        .getSources()
                                        .forEach(s -> names.add(s.getConfigMap().getName()));
                            }
                        });
        assertThat(names).hasSizeGreaterThan(2);
        return names;
    }

    static PodSpec pod(List<HasMetadata> all) {
        return all.stream().anyMatch(CronJob.class::isInstance)
                ? only(all, CronJob.class)
                        .getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                : only(all, Deployment.class).getSpec().getTemplate().getSpec();
    }

    static <T> T only(List<HasMetadata> all, Class<T> kind) {
        List<T> found = all.stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.get(0);
    }
}
