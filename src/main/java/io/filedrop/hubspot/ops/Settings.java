package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.feed.Limits;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.page.PageSettings;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Words;
import io.filedrop.hubspot.sandbox.SandboxSettings;
import io.filedrop.hubspot.sftp.SftpSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * All settings, read and checked once at the start. One that cannot be used, or does not exist,
 * refuses the start with a sentence for each.
 */
@Singleton
public class Settings {

    private static final Logger LOG = Logger.getLogger(Settings.class);

    private final HubSpotSettings hubspot;
    private final DropSettings drop;
    private final Limits limits;
    private final SftpSettings sftp;
    private final SandboxSwitch sandbox;
    private final PageSettings page;

    /**
     * Whether the sandbox runs, and how it behaves.
     *
     * @param sampleFeed whether a sample feed is dropped at the start
     */
    public record SandboxSwitch(boolean enabled, SandboxSettings settings, boolean sampleFeed) {}

    @Inject
    public Settings(Config config, Command command) {
        SettingsReader reader = new SettingsReader(config);
        this.hubspot = HubSpotSection.read(reader, !command.isCheck());
        this.drop = DropSection.read(reader);
        this.limits = LimitsSection.read(reader);
        this.sftp = SftpSection.read(reader, config);
        this.sandbox = SandboxSection.read(reader);
        this.page = PageSection.read(reader);
        UnknownKeys.Found unknown = UnknownKeys.in(config, reader.known());
        for (String key : unknown.mistakes()) {
            reader.fault(
                    "There is no setting "
                            + key
                            + "; did you mean "
                            + Words.nearest(key, reader.known())
                            + "?");
        }
        if (!reader.faults().isEmpty()) {
            throw new ConfigurationException(
                    "HubSpot File Drop does not start with this configuration; nothing was sent.\n  "
                            + String.join("\n  ", reader.faults()));
        }
        SecretFiles.exposed(reader.known(), reader::text).forEach(LOG::warn);
        for (String variable : unknown.warnings()) {
            LOG.warnf("There is no setting for the environment variable %s; ignored.", variable);
        }
    }

    @Produces
    @Singleton
    public HubSpotSettings hubspot() {
        return hubspot;
    }

    @Produces
    @Singleton
    public DropSettings drop() {
        return drop;
    }

    @Produces
    @Singleton
    public Limits limits() {
        return limits;
    }

    @Produces
    @Singleton
    public PageSettings page() {
        return page;
    }

    @Produces
    @Singleton
    public SftpSettings sftp() {
        return sftp;
    }

    @Produces
    @Singleton
    public SandboxSwitch sandbox() {
        return sandbox;
    }
}
