package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Glance;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.Runs;
import io.filedrop.hubspot.run.ToMend;
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
    private final Portal portal;
    private final Runs runs;

    /**
     * What the settings say of HubSpot.
     *
     * @param idProperty the setting {@code hubspot.id-property}, or empty
     * @param upsert whether listings that are not there yet are created, which record ids cannot do
     * @param normalisesDates whether this version of the API takes a date with a time of day
     */
    public record Portal(String idProperty, boolean upsert, boolean normalisesDates) {}

    public MappingSteps(
            KeptMappings mappings,
            DefinitionSteps definitions,
            DropSettings drop,
            Portal portal,
            Runs runs) {
        this.mappings = mappings;
        this.definitions = definitions;
        this.drop = drop;
        this.portal = portal;
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
        Mapping mapping = mappingFor(own, feed.columns());
        Mapper mapper = fit(mapping, feed, run);
        mappings.keep(run, own);
        runs.begin(run, mapping.name(), mapping.sha256());
        return mapper;
    }

    /**
     * The mapping for a file: its own, or the one that its header makes.
     *
     * @throws RefusedFile when nothing says which listings its records are, or nothing that does
     *     for this operation
     */
    public Mapping mappingFor(Optional<Mapping> own, Columns columns) throws RefusedFile {
        Mapping mapping =
                own.isPresent() ? own.get() : HeaderMapping.of(columns, portal.idProperty());
        if (portal.upsert() && mapping.idProperty().isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.NO_ID_PROPERTY,
                            "The key of this file is HubSpot's record id, which hubspot.operation=upsert"
                                    + " cannot create; name the column of a unique property."));
        }
        return mapping;
    }

    /**
     * That mapping, made to fit a file, the settings, and what is known of the portal now.
     *
     * @param folder the inbox folder that the file came from, empty when there is none
     */
    public Mapper fit(Mapping mapping, String folder, Columns columns) throws RefusedFile {
        return Mapper.of(
                mapping,
                columns,
                new Mapper.Fit(
                        definitions.current(),
                        portal.normalisesDates(),
                        drop.clearEmpty(),
                        drop.ignoreUnknownColumns(),
                        folder));
    }

    private Mapper fit(Mapping mapping, Feed feed, Run run) throws RefusedFile, CannotGoOn {
        try {
            return fit(mapping, run.claimed().source(), feed.columns());
        } catch (RefusedFile e) {
            if (run.mayBeRefused()) {
                throw e;
            }
            throw new CannotGoOn(
                    ToMend.PROPERTIES_GONE.of(run.id(), e.reason().code(), run.folder()), e);
        }
    }

    /** The mapping of a run that is set aside, if it has one. */
    public Optional<Mapping> of(Glance glance) throws IOException, RefusedFile {
        return mappings.of(glance);
    }

    /**
     * The records as updates, one by one as they are asked for. When HubSpot's definitions are read
     * again meanwhile, the records from then on are checked by the new ones.
     */
    public Iterator<Mapped> apply(
            @Body Iterator<Record> records, @ExchangeProperty("mapper") Mapper mapper) {
        return new Iterator<>() {

            private Definitions checkedBy = definitions.current();
            private Mapper current = mapper;

            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Mapped next() {
                Definitions now = definitions.current();
                if (now != checkedBy) {
                    checkedBy = now;
                    current = mapper.checkedBy(now);
                }
                return current.map(records.next());
            }
        };
    }
}
