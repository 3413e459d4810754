package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.Runs;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** Makes updates of records. */
@RegisterForReflection
public class MappingSteps {

    private final KeptMappings mappings;
    private final DefinitionSteps definitions;
    private final DropSettings drop;
    private final String idProperty;
    private final boolean upsert;
    private final Runs runs;

    /**
     * @param idProperty the setting {@code hubspot.id-property}, or empty
     * @param upsert whether listings that are not there yet are created, which record ids cannot do
     */
    public MappingSteps(
            KeptMappings mappings,
            DefinitionSteps definitions,
            DropSettings drop,
            String idProperty,
            boolean upsert,
            Runs runs) {
        this.mappings = mappings;
        this.definitions = definitions;
        this.drop = drop;
        this.idProperty = idProperty;
        this.upsert = upsert;
        this.runs = runs;
    }

    /** How the run's file is laid out, as far as its mapping says so. */
    public Layout layout(@ExchangeProperty("run") Run run) throws IOException, RefusedFile {
        return mappings.of(run).map(Mapping::layout).orElse(Layout.UNSAID);
    }

    /** The mapping for the run's file, made to fit its columns. Notes the run's beginning. */
    public Mapper choose(@ExchangeProperty("run") Run run, @ExchangeProperty("feed") Feed feed)
            throws IOException, RefusedFile {
        Optional<Mapping> own = mappings.of(run);
        Mapping mapping =
                own.isPresent() ? own.get() : HeaderMapping.of(feed.columns(), idProperty);
        if (upsert && mapping.idProperty().isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_PROPERTY,
                            "The key of this file is HubSpot's record id, which hubspot.operation=upsert"
                                    + " cannot create; name the column of a unique property."));
        }
        Mapper mapper = fit(mapping, feed, run);
        mappings.keep(run, own);
        runs.begin(run, mapping.name(), mapping.sha256());
        return mapper;
    }

    private Mapper fit(Mapping mapping, Feed feed, Run run) throws RefusedFile, CannotGoOn {
        try {
            return Mapper.of(
                    mapping,
                    feed.columns(),
                    definitions.current(),
                    drop.clearEmpty(),
                    drop.ignoreUnknownColumns());
        } catch (RefusedFile e) {
            if (run.rowsSettled() == 0) {
                throw e;
            }
            throw new CannotGoOn(
                    "The run "
                            + run.id()
                            + " began with properties that HubSpot does not have any more ("
                            + e.reason().code()
                            + "). Restore them and start again, or move its folder "
                            + run.folder()
                            + " away.",
                    e);
        }
    }

    /** The records as updates, one by one as they are asked for. */
    public Iterator<Mapped> apply(
            @Body Iterator<Record> records, @ExchangeProperty("mapper") Mapper mapper) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Mapped next() {
                return mapper.map(records.next());
            }
        };
    }
}
