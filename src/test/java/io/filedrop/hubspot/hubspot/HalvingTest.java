package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.batch.Input;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When records that are tried in vain together are tried in halves. */
class HalvingTest {

    @ParameterizedTest(name = "{0} inputs, tried {1} times, {2} other parts, others taken: {3}")
    @CsvSource({
        // inputs, tries, other parts, others taken, halved
        "100, 4, 0, true, false",
        "100, 5, 0, true, true",
        "100, 9, 0, true, true",
        "2, 5, 99, true, true",
        // One alone is what it is.
        "1, 50, 0, true, false",
        // HubSpot may be away altogether: some suspicion is allowed, and no more.
        "100, 4, 0, false, false",
        "100, 5, 0, false, true",
        "12, 5, 6, false, true",
        "12, 5, 7, false, false",
    })
    void isDue(int inputs, int tries, int others, boolean othersTaken, boolean due) {
        Part part = Part.update(numbered(inputs), 0);
        for (int tried = 0; tried < tries; tried++) {
            part = part.again(0, Why.TROUBLE.of(500));
        }
        assertThat(new Halving(5).isDue(part, others, othersTaken)).isEqualTo(due);
    }

    static List<Input> numbered(int count) {
        return Samples.inputs(
                IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
    }
}
