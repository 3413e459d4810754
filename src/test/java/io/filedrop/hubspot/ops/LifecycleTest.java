package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.Stopping;
import io.filedrop.hubspot.sftp.Pickups;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.spi.LifecycleStrategy;
import org.junit.jupiter.api.Test;

/** Who is told when the program begins to end. */
class LifecycleTest {

    /** Camel looks for them by name, and passes over one without a word that has none. */
    @Test
    void everybodyWhoHasSomethingToEndHasAName() throws Exception {
        List<? extends Class<?>> strategies = ours(LifecycleStrategy.class);

        assertThat(strategies)
                .extracting(Class::getName)
                .contains(
                        Stopping.class.getName(),
                        LeaseKeeper.class.getName(),
                        Pickups.class.getName());
        assertThat(strategies).allMatch(type -> type.isAnnotationPresent(Named.class));
    }

    private static List<? extends Class<?>> ours(Class<?> kind) throws IOException {
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes.resolve("io/filedrop/hubspot"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(LifecycleTest::load)
                    .filter(kind::isAssignableFrom)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, LifecycleTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
