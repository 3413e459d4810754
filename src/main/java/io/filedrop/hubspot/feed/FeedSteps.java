package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.CannotGoOn;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.ToMend;
import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

/** Reads the claimed file. */
@Singleton
@Named("feed")
@RegisterForReflection
public class FeedSteps {

    private static final Logger LOG = Logger.getLogger(FeedSteps.class);

    private final Formats formats;
    private final DropSettings drop;

    @Inject
    public FeedSteps(Formats formats, DropSettings drop) {
        this.formats = formats;
        this.drop = drop;
    }

    /**
     * Opens the run's file and reads its header.
     *
     * @throws RefusedFile when it cannot be used; never once a row of it is settled or may have
     *     been sent
     */
    public Feed open(@ExchangeProperty("run") Run run, @ExchangeProperty("layout") Layout layout)
            throws IOException, RefusedFile {
        refuseDeadly(run);
        try {
            return formats.open(run.file(), layout);
        } catch (RefusedFile e) {
            if (run.mayBeRefused()) {
                throw e;
            }
            throw new CannotGoOn(
                    ToMend.REFUSED_NOW.of(run.id(), e.reason().code(), run.folder()), e);
        }
    }

    private void refuseDeadly(Run run) throws RefusedFile, CannotGoOn {
        if (run.brokenOff() < drop.attempts()) {
            return;
        }
        if (!run.mayBeRefused()) {
            // Its account can be closed only by one who can read it to the end.
            throw run.endsTheProgram();
        }
        throw new RefusedFile(
                Reason.of(
                        Code.SET_ASIDE,
                        "The program ended "
                                + run.brokenOff()
                                + " times in a row while it worked on this file, so the file was"
                                + " set aside. Look into the log for why; more memory may help."
                                + " Then drop the file again."));
    }

    /**
     * Its records, one by one as they are asked for, but for those that have their outcome from
     * before a stop or a crash.
     */
    public Iterator<Record> records(
            @ExchangeProperty("feed") Feed feed, @ExchangeProperty("run") Run run) {
        return new Unsettled(feed, run);
    }

    /** Reads on to the end without looking, so that a parked run can say how many rows are left. */
    public void count(@ExchangeProperty("feed") Feed feed, @ExchangeProperty("run") Run run)
            throws IOException {
        Record record;
        while ((record = feed.next()) != null) {
            run.hasRead(record.position().ordinal() + 1);
        }
    }

    /**
     * Nothing more is read. What was read was whole, so that a fault here is only told: those who
     * call this have something to do that must not be left out.
     */
    public void close(@ExchangeProperty("feed") Feed feed) {
        if (feed == null) {
            return;
        }
        try {
            feed.close();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("The update file could not be closed: %s", Words.name(e.toString()));
        }
    }

    private static final class Unsettled implements Iterator<Record> {

        private final Feed feed;
        private final Run run;
        private Record next;
        private boolean ended;

        Unsettled(Feed feed, Run run) {
            this.feed = feed;
            this.run = run;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && !ended) {
                    Record record = feed.next();
                    if (record == null) {
                        ended = true;
                    } else {
                        long ordinal = record.position().ordinal();
                        run.hasRead(ordinal + 1);
                        run.hasReadBytes(feed.bytesRead());
                        next = run.isSettled(ordinal) ? null : record;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return next != null;
        }

        @Override
        public Record next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Record record = next;
            next = null;
            return record;
        }
    }
}
