package io.filedrop.hubspot.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could not happen refuses the start, and not the call whose turn it is. */
class FaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503@3",
                "503@5-9",
                "reset@every-10",
                "hang@1",
                "hang@1;s=0.5",
                "commit-then-hang@p-0.02;s=3",
                "commit-late@1-5;ms=250",
                "daily@1;retry-after=Wed, 21 Oct 2026"
            })
    void canHappen(String text) {
        assertThat(Fault.parse(text.replace(", ", ",").replace(" ", "_"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503@every-0",
                "503@every--3",
                "503@0",
                "503@9-5",
                "503@p-2",
                "503@p-NaN",
                "hang@1;s=x",
                "hang@1;s=-1",
                "hang@1;s=NaN",
                "commit-then-hang@1;s=1e9",
                "commit-late@1;ms=1.5",
                "commit-late@1;ms=-1",
                "commit-late@1;ms=0",
                "status@1",
                "503@id-",
                "499@1",
                "503"
            })
    void cannotHappenAndIsRefused(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text + " is no fault;");
    }
}
