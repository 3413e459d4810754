package io.filedrop.hubspot.k8s;

import static io.filedrop.hubspot.k8s.Rendered.configMapsNamedIn;
import static io.filedrop.hubspot.k8s.Rendered.only;
import static io.filedrop.hubspot.k8s.Rendered.pod;
import static io.filedrop.hubspot.k8s.Rendered.render;
import static io.filedrop.hubspot.k8s.Rendered.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every overlay as {@code kubectl} renders it, read strictly and held against the rules. */
class ManifestsTest {

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

    /** A pod whose volume or container outgrows its limit is evicted in the middle of its work. */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "sandbox", "cronjob"})
    void hasRoomForSevenOfTheLargestUploadsAtOnce(String overlay) throws Exception {
        PodSpec pod = pod(render(overlay));
        Properties defaults = new Properties();
        try (Reader file =
                Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            defaults.load(file);
        }
        String upload = defaults.getProperty("quarkus.http.limits.max-body-size");
        assertThat(upload).matches("\\d+[KMG]");
        BigDecimal tmp =
                pod.getVolumes().stream()
                        .filter(volume -> volume.getName().equals("tmp"))
                        .map(volume -> bytes(volume.getEmptyDir().getSizeLimit()))
                        .findFirst()
                        .orElseThrow();
        assertThat(tmp)
                .isGreaterThan(bytes(new Quantity(upload + "i")).multiply(BigDecimal.valueOf(7)));
        assertThat(
                        bytes(
                                pod.getContainers()
                                        .get(0)
                                        .getResources()
                                        .getLimits()
                                        .get("ephemeral-storage")))
                .as("/tmp and the log")
                .isGreaterThan(tmp);
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
        assertThat(rules).hasSize(7);
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

    /** What the page shows is what a reader copies. */
    @Test
    void rendersThePortalThatOperationsShows() throws Exception {
        String page = Files.readString(Path.of("docs/operations.md"));
        Path folder = Files.createDirectories(Path.of("target/portal"));
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                block(page, "# k8s/overlays/portal/kustomization.yaml")
                                .replace("../../components", "../../k8s/components")
                                .replace("[../cronjob]", "[../../k8s/overlays/cronjob]")
                        + block(page, "patches:"));
        Files.writeString(
                folder.resolve("application.properties"),
                block(page, "# k8s/overlays/portal/application.properties"));
        List<HasMetadata> all = render(folder);
        PodSpec pod = pod(all);
        Container container = pod.getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("registry.example.com/hubspot-file-drop:jvm");
        assertThat(page).contains("-Djib.to.image=" + container.getImage());
        String settings =
                all.stream()
                        .filter(ConfigMap.class::isInstance)
                        .map(map -> ((ConfigMap) map).getData().get("application.properties"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        List<Path> secrets =
                settings.lines()
                        .filter(line -> line.contains("-file="))
                        .map(line -> Path.of(line.substring(line.indexOf('=') + 1)))
                        .toList();
        assertThat(secrets).hasSizeGreaterThan(2);
        assertThat(secrets)
                .allSatisfy(
                        file -> {
                            assertThat(container.getVolumeMounts())
                                    .anyMatch(m -> m.getMountPath().equals("" + file.getParent()));
                            assertThat(page).contains("--from-file=" + file.getFileName());
                        });
        assertThat(pod.getSecurityContext().getFsGroup()).as("OpenShift's own").isNull();
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> page.contains("drop.inbox=" + mount.getMountPath()))
                .hasSize(1)
                .allMatch(mount -> mount.getName().equals("inbox"));
        assertThat(configMapsNamedIn(pod))
                .isSubsetOf(all.stream().map(one -> one.getMetadata().getName()).toList());
    }

    private static String block(String page, String firstLine) {
        int begin = page.indexOf("\n" + firstLine);
        assertThat(begin).as(firstLine).isPositive();
        return page.substring(begin + 1, page.indexOf("```", begin));
    }

    private static BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
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
}
