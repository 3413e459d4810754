package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Limits;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.mapping.DefinitionSteps;
import io.filedrop.hubspot.mapping.KeptMappings;
import io.filedrop.hubspot.mapping.MappingSteps;
import io.filedrop.hubspot.mapping.Mappings;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.Runs;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** Puts together what reads files and maps their records. */
@Singleton
class MappingRoom {

    @Produces
    @Singleton
    Formats formats(Limits limits) {
        return Formats.all(limits);
    }

    @Produces
    @Singleton
    Mappings mappings(HubSpotSettings hubspot) throws IOException {
        try {
            return Mappings.load(Path.of("config/mappings"), hubspot.idProperty().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "HubSpot File Drop does not start with these mappings; nothing was sent.\n  "
                            + e.getMessage());
        }
    }

    @Produces
    @Singleton
    KeptMappings keptMappings(Mappings mappings, DurableFiles files, HubSpotSettings hubspot) {
        return new KeptMappings(mappings, files, hubspot.idProperty().orElse(""));
    }

    @Produces
    @Singleton
    @Named("mapping")
    MappingSteps mapping(
            KeptMappings mappings,
            DefinitionSteps definitions,
            DropSettings drop,
            HubSpotSettings hubspot,
            Runs runs) {
        return new MappingSteps(
                mappings,
                definitions,
                drop,
                new MappingSteps.Portal(
                        hubspot.idProperty().orElse(""),
                        hubspot.operation() == HubSpotSettings.Operation.UPSERT,
                        hubspot.normalisesDates()),
                runs);
    }

    @Produces
    @Singleton
    @Named("definitions")
    DefinitionSteps definitions(HubSpotSettings hubspot) {
        return new DefinitionSteps(hubspot.definitionsKept(), hubspot.definitionsRetry());
    }
}
