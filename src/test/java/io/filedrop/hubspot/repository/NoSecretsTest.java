package io.filedrop.hubspot.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody has left a key or a token in the repository, as far as one knows them by their looks. */
class NoSecretsTest {

    /** What is made by a build, or belongs to a tool. */
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode");

    private static final Pattern SECRET =
            Pattern.compile(
                    String.join(
                            "|",
                            // HubSpot: private app, and a developer's personal key
                            "pat-(na|eu|ap)\\d-[0-9a-f]{8}-",
                            "CiR(uYT|hbm)[A-Za-z0-9+/=]{40}",
                            "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----",
                            "AKIA[0-9A-Z]{16}",
                            "gh[pousr]_[A-Za-z0-9]{36}",
                            "github_pat_[A-Za-z0-9_]{50}",
                            "glpat-[A-Za-z0-9_-]{20}",
                            "xox[abprs]-[A-Za-z0-9-]{10}",
                            "AIza[0-9A-Za-z_-]{35}",
                            "eyJ[A-Za-z0-9_-]{20,}\\.eyJ[A-Za-z0-9_-]{20,}\\."));

    @Test
    void standInNoFile() throws IOException {
        List<String> found = new ArrayList<>();
        int[] files = {0};
        Files.walkFileTree(
                Path.of("."),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        return NOT_OURS.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        files[0]++;
                        if (holdsASecret(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                            found.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        assertThat(found).isEmpty();
        assertThat(files[0]).isGreaterThan(200);
    }

    @Test
    void areKnownByTheirLooks() {
        assertThat(holdsASecret("token=pat-eu1" + "-0f1e2d3c-aaaa-bbbb-cccc-000000000000"))
                .isTrue();
        assertThat(holdsASecret("-----BEGIN OPENSSH " + "PRIVATE KEY-----")).isTrue();
        assertThat(holdsASecret("hubspot.access-token-file=/run/secrets/token")).isFalse();
    }

    private static boolean holdsASecret(String text) {
        return SECRET.matcher(text).find();
    }
}
