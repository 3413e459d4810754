package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.sandbox.Sandbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the sandbox when the settings ask for it, and never else, and says so loudly. */
@Singleton
public class SandboxStarter {

    private static final Logger LOG = Logger.getLogger(SandboxStarter.class);
    private static final String SAMPLE = "sample-listings.csv";

    private final Settings.SandboxSwitch wanted;
    private final Command command;
    private final DropSettings drop;
    private Sandbox sandbox;

    @Inject
    public SandboxStarter(Settings.SandboxSwitch wanted, Command command, DropSettings drop) {
        this.wanted = wanted;
        this.command = command;
        this.drop = drop;
    }

    /** The sandbox, when it runs. */
    public Optional<Sandbox> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    void start(@Observes StartupEvent start) throws IOException {
        if (!wanted.enabled() || command.isCheck()) {
            return;
        }
        sandbox = new Sandbox(wanted.settings()).start();
        LOG.warnf(
                "THE SANDBOX PLAYS HUBSPOT on http://127.0.0.1:%d. Its records live in memory;"
                        + " nothing reaches the real HubSpot through it.",
                sandbox.port());
        if (wanted.sampleFeed()) {
            dropSample();
        }
    }

    private void dropSample() throws IOException {
        Path inbox = drop.folders().inbox();
        Path target = inbox.resolve(SAMPLE);
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(inbox);
        try (InputStream sample = SandboxStarter.class.getResourceAsStream("/sandbox/" + SAMPLE)) {
            Path written = inbox.resolve(SAMPLE + ".part");
            Files.copy(sample, written, StandardCopyOption.REPLACE_EXISTING);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        }
        LOG.infof("A sample feed lies in %s.", target);
    }

    void stop(@Observes ShutdownEvent stop) {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
