package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
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

    private final Mappings mappings;
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
            Mappings mappings,
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
    public Layout layout(@ExchangeProperty("run") Run run) throws RefusedFile {
        return mappings.layoutOf(run.claimed().file());
    }

    /** The mapping for the run's file, made to fit its columns. Notes the run's beginning. */
    public Mapper choose(@ExchangeProperty("run") Run run, @ExchangeProperty("feed") Feed feed)
            throws IOException, RefusedFile {
        Optional<Mapping> own = mappings.forFile(run.claimed().file());
        Mapping mapping =
                own.isPresent() ? own.get() : HeaderMapping.of(feed.columns(), idProperty);
        if (upsert && mapping.idProperty().isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_PROPERTY,
                            "The key of this file is HubSpot's record id, which hubspot.operation=upsert"
                                    + " cannot create; name the column of a unique property."));
        }
        Mapper mapper =
                Mapper.of(
                        mapping,
                        feed.columns(),
                        definitions.current(),
                        drop.clearEmpty(),
                        drop.ignoreUnknownColumns());
        runs.begin(run, mapping.name(), mapping.sha256());
        return mapper;
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
