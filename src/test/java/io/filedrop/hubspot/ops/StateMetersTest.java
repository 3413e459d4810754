package io.filedrop.hubspot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Drops;
import io.filedrop.hubspot.run.Inbox;
import io.filedrop.hubspot.run.InboxAge;
import io.filedrop.hubspot.run.Storage;
import io.filedrop.hubspot.sftp.Pickups;
import io.filedrop.hubspot.sftp.SftpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMetersTest {

    @TempDir Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    /** An inbox that cannot be read is not an empty one. */
    @Test
    void doesNotKnowWhatLiesInAnInboxThatCannotBeRead() throws IOException {
        DropSettings drop = Drops.with(directory, Optional.empty(), 1 << 20, 0);
        Path folder = drop.folders().inbox();
        Inbox inbox = new Inbox(drop, System::nanoTime);
        InboxAge age = new InboxAge(inbox);
        Storage storage = new Storage(drop, System::nanoTime);
        Pickups none = new Pickups(new SftpSettings(List.of(), null), drop, null, storage, inbox);
        new StateMeters(null, null, null, null, null, null, age, none, storage).bindTo(registry);
        storage.fails(folder, new IOException("stale file handle"));
        assertThat(value("filedrop.inbox.files")).isNaN();
        assertThat(value("filedrop.inbox.oldest.age.seconds")).isNaN();
        assertThat(value("filedrop.folders.unusable")).isEqualTo(1);

        Files.createDirectories(folder);
        storage.works(folder);
        assertThat(value("filedrop.inbox.files")).isZero();
        assertThat(value("filedrop.inbox.oldest.age.seconds")).isZero();
        assertThat(value("filedrop.folders.unusable")).isZero();
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }
}
