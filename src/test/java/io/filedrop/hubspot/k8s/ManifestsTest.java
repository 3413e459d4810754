package io.filedrop.hubspot.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every overlay as {@code kubectl} renders it, read strictly and held against the rules. */
class ManifestsTest {

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

    @BeforeAll
    static void needsKubectl() throws Exception {
        boolean there;
        try {
            there = new ProcessBuilder("kubectl", "version", "--client").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            System.err.println(
                    "SKIPPED: no kubectl on this machine, so the manifests of k8s/ are NOT checked.");
        }
        assumeThat(there).as("kubectl is there").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "sandbox", "cronjob"})
    void keepsThePodRestrictedAndItsFilesSafe(String overlay) throws Exception {
        List<HasMetadata> all = render(overlay);
        PodSpec pod = pod(all);
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).as("any user id").isNull();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(75);
        assertThat(pod.getContainers()).hasSize(1);
        Container container = pod.getContainers().get(0);
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isNullOrEmpty();
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getVolumeMounts())
                .allMatch(mount -> mount.getSubPath() == null, "a subPath is never updated");
        assertThat(container.getVolumeMounts())
                .allMatch(
                        mount ->
                                pod.getVolumes().stream()
                                        .anyMatch(v -> v.getName().equals(mount.getName())));
        assertThat(container.getEnv())
                .filteredOn(env -> env.getName().contains("TOKEN") && !overlay.equals("sandbox"))
                .allMatch(env -> env.getName().endsWith("_FILE"));
        NetworkPolicy network = only(all, NetworkPolicy.class);
        assertThat(network.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
        assertThat(network.getSpec().getPodSelector().getMatchLabels())
                .containsEntry("app.kubernetes.io/name", "hubspot-file-drop");
        only(all, PersistentVolumeClaim.class);
        assertThat(configMapsNamedIn(pod))
                .as("config maps that are there")
                .isSubsetOf(all.stream().map(one -> one.getMetadata().getName()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "sandbox"})
    void runsOneOfItAndShowsThePageEvenWhenNotReady(String overlay) throws Exception {
        List<HasMetadata> all = render(overlay);
        Deployment deployment = only(all, Deployment.class);
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        Container container = pod(all).getContainers().get(0);
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
        assertThat(container.getReadinessProbe().getHttpGet().getPath())
                .isEqualTo("/q/health/ready");
        assertThat(container.getStartupProbe().getHttpGet().getPath())
                .isEqualTo("/q/health/started");
        assertThat(only(all, Service.class).getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(only(all, PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
                .isEqualTo(1);
        assertThat(all.stream().anyMatch(PrometheusRule.class::isInstance))
                .as("the sandbox goes without the Prometheus operator")
                .isEqualTo(!overlay.equals("sandbox"));
    }

    @Test
    void mapsExitCodesToTheStatusOfTheJob() throws Exception {
        List<HasMetadata> all = render("cronjob");
        assertThat(all).noneMatch(Deployment.class::isInstance);
        CronJob job = only(all, CronJob.class);
        assertThat(job.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        var spec = job.getSpec().getJobTemplate().getSpec();
        assertThat(spec.getPodFailurePolicy().getRules().get(0).getAction()).isEqualTo("FailJob");
        assertThat(spec.getPodFailurePolicy().getRules().get(0).getOnExitCodes().getValues())
                .containsExactly(1, 2);
        assertThat(spec.getBackoffLimit()).isPositive();
        assertThat(pod(all).getRestartPolicy()).isEqualTo("Never");
        assertThat(pod(all).getContainers().get(0).getEnv())
                .anyMatch(e -> e.getName().equals("DROP_ONCE") && e.getValue().equals("true"));
    }

    @Test
    void saysWithEveryAlertWhatToDo() throws Exception {
        List<Rule> rules =
                only(render("jvm"), PrometheusRule.class).getSpec().getGroups().get(0).getRules();
        assertThat(rules).hasSize(6);
        assertThat(rules)
                .allSatisfy(
                        rule -> {
                            assertThat(rule.getLabels()).containsKey("severity");
                            assertThat(rule.getAnnotations().get("summary")).isNotBlank();
                            assertThat(rule.getAnnotations().get("description"))
                                    .startsWith("What to do: ");
                        });
    }

    @Test
    void refusesAFieldThatKubernetesDoesNotHave() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () ->
                                        typed(
                                                Map.of(
                                                        "apiVersion",
                                                        "v1",
                                                        "kind",
                                                        "Service",
                                                        "spec",
                                                        Map.of("publishNotReadyAdresses", true)))))
                .hasMessageContaining("publishNotReadyAdresses");
    }

    private static List<String> configMapsNamedIn(PodSpec pod) {
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

    private static PodSpec pod(List<HasMetadata> all) {
        return all.stream().anyMatch(CronJob.class::isInstance)
                ? only(all, CronJob.class)
                        .getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                : only(all, Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static <T> T only(List<HasMetadata> all, Class<T> kind) {
        List<T> found = all.stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    /**
     * It gives every namespace its own range of groups, and admits no pod that asks for another.
     */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "sandbox", "cronjob"})
    void leavesTheGroupOfTheVolumeToOpenShift(String overlay) throws Exception {
        Path folder = Files.createDirectories(Path.of("target/openshift-" + overlay));
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [../../k8s/overlays/%s]
                components: [../../k8s/components/openshift]
                """
                        .formatted(overlay));
        assertThat(pod(render(overlay)).getSecurityContext().getFsGroup()).isEqualTo(10001);
        assertThat(pod(render(folder)).getSecurityContext().getFsGroup()).isNull();
    }

    private static List<HasMetadata> render(String overlay) throws Exception {
        return render(Path.of("k8s/overlays", overlay));
    }

    private static List<HasMetadata> render(Path folder) throws Exception {
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

    private static HasMetadata typed(Map<?, ?> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        assertThat(KINDS).as("known kinds").containsKey(kind);
        return STRICT.convertValue(document, KINDS.get(kind));
    }
}
