package io.filedrop.hubspot.sftp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.run.Drops;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Report;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SftpStepsTest {

    /** Where the program would end. */
    private static final class End extends RuntimeException {
        End(Throwable fault) {
            super(fault);
        }
    }

    private final Endings endings =
            new Endings() {
                @Override
                public void reported(Report report) {}

                @Override
                public void setBack() {}

                @Override
                public void mustEnd(Throwable fault) {
                    throw new End(fault);
                }
            };

    @Test
    void endsTheProgramWithoutMemory() {
        SftpSteps steps = new SftpSteps(null, null, Drops.in(Path.of("drop")), endings);
        Throwable fault = new IOException(new OutOfMemoryError());
        assertThatThrownBy(() -> steps.failed(null, fault)).isInstanceOf(End.class);
    }
}
