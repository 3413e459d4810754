package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.batch.SetAside;
import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.mapping.Mapper;
import io.filedrop.hubspot.mapping.Mapping;
import io.filedrop.hubspot.mapping.MappingSteps;
import io.filedrop.hubspot.run.Glance;
import io.filedrop.hubspot.run.Runs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and maps the file of a run that is set aside, as that run would. */
@Singleton
public class SetAsideFiles implements SetAside {

    private final Runs runs;
    private final Formats formats;
    private final MappingSteps mapping;

    @Inject
    public SetAsideFiles(Runs runs, Formats formats, MappingSteps mapping) {
        this.runs = runs;
        this.formats = formats;
        this.mapping = mapping;
    }

    @Override
    public void unsent(Path folder, Consumer<Iterator<Mapped>> to) throws IOException {
        Glance glance = runs.glance(folder);
        if (glance.isThrough()) {
            to.accept(Collections.emptyIterator());
            return;
        }
        try {
            Optional<Mapping> own = mapping.of(glance);
            Layout layout = own.map(Mapping::layout).orElse(Layout.UNSAID);
            try (Feed feed = formats.open(glance.file(), layout)) {
                Mapping fitting = mapping.mappingFor(own, feed.columns());
                String source = glance.source().orElse("");
                Mapper mapper = mapping.fit(fitting, source, feed.columns());
                to.accept(updates(feed, mapper, glance));
            }
        } catch (RefusedFile e) {
            throw new IOException("The file is refused with " + e.reason().code(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Iterator<Mapped> updates(Feed feed, Mapper mapper, Glance glance) {
        return new Iterator<>() {

            private Record next;

            @Override
            public boolean hasNext() {
                try {
                    while (next == null || isSettled(next)) {
                        next = feed.next();
                        if (next == null) {
                            return false;
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            }

            private boolean isSettled(Record record) {
                return glance.settled().get(Math.toIntExact(record.position().ordinal()));
            }

            @Override
            public Mapped next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Mapped mapped = mapper.map(next);
                next = null;
                return mapped;
            }
        };
    }
}
