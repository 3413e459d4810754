package io.filedrop.hubspot.executable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.TokenStreamFactory;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Our classes are initialised while a native executable is built, and what their static fields hold
 * then is what every start begins with: on another machine, at another time, the same for all.
 */
class BuildTimeTest {

    /** Jackson's factories and mappers take the seed of their tables from the clock. */
    private static final List<Class<?>> OF_ONE_MOMENT =
            List.of(
                    RandomGenerator.class,
                    Clock.class,
                    Thread.class,
                    ExecutorService.class,
                    TokenStreamFactory.class,
                    ObjectCodec.class);

    private static final List<Class<?>> OF_ONE_MACHINE = List.of(Path.class, File.class);

    @Test
    void keepsNoSeedNoClockNoThreadAndNoPath() throws Exception {
        Map<String, Object> held = StaticFields.afterInitialising(Path.of("target/classes"));

        assertThat(held).containsEntry("io.filedrop.hubspot.feed.Limits.DEFAULT.ratio", 200);
        assertThat(of(OF_ONE_MOMENT, held)).isEmpty();
        assertThat(of(OF_ONE_MACHINE, held)).isEmpty();
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(held).doesNotContainValue(here);
        assertThat(held).doesNotContainValue(System.getProperty("user.home"));
        assertThat(held).doesNotContainValue(System.getProperty("java.io.tmpdir"));
    }

    /** What was read from a clock, or drawn, is another one the second time. */
    @Test
    void keepsTheSameWheneverItIsInitialised() throws Exception {
        Path classes = Path.of("target/classes");
        List<Class<?>> plain = List.of(CharSequence.class, Number.class, Temporal.class);
        Map<String, Object> once = of(plain, StaticFields.afterInitialising(classes));
        Map<String, Object> again = of(plain, StaticFields.afterInitialising(classes));

        assertThat(once).hasSizeGreaterThan(100).hasSameSizeAs(again);
        assertThat(again.entrySet())
                .filteredOn(held -> !held.getValue().toString().equals(text(once, held.getKey())))
                .isEmpty();
    }

    /** As text, because counters are never equal to each other. */
    private static String text(Map<String, Object> held, String where) {
        return String.valueOf(held.get(where));
    }

    private static Map<String, Object> of(List<Class<?>> types, Map<String, Object> held) {
        Map<String, Object> found = new TreeMap<>(held);
        found.values().removeIf(value -> types.stream().noneMatch(type -> type.isInstance(value)));
        return found;
    }
}
