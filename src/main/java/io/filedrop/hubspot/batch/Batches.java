package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped;
import io.filedrop.hubspot.mapping.Mapped.Update;
import io.filedrop.hubspot.run.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Cuts the records of one run into batches, as they are asked for.
 *
 * <p>Several rows of one listing become one input where they meet in a batch. A row whose listing
 * is under way is set aside and comes in a later batch, with those that were set aside behind it.
 *
 * <p>Camel's Splitter asks {@link #hasNext} before it hands on what it just took, and a Throwable
 * from an iterator would end the file's exchange while batches are under way. So {@code hasNext}
 * never waits for a batch, and neither method throws: a fault ends the iteration and is told to the
 * run, which closes when no batch is under way.
 */
public final class Batches implements Iterator<Batch> {

    /** Records without a call that one batch carries at most, so that memory stays bounded. */
    private static final int DECIDED_LIMIT = 1000;

    /** How long at most until a stop is noticed while every row waits for a batch under way. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Iterator<Mapped> records;
    private final UnderWay underWay;
    private final int size;
    private final int setAsideLimit;
    private final Watch watch;

    private final Map<Listing, List<Update>> setAside = new LinkedHashMap<>();
    private int setAsideRows;
    private long number;
    private boolean ended;

    /** What the batches need to know of their run, and tell it. */
    public interface Watch {

        /** Whether no further batch is wanted, because sending has stopped. */
        boolean isStopped();

        /** Reading failed; the iteration has ended. */
        void failed(Throwable fault);
    }

    public Batches(
            Iterator<Mapped> records, UnderWay underWay, int size, int setAsideLimit, Watch watch) {
        this.records = records;
        this.underWay = underWay;
        this.size = size;
        this.setAsideLimit = setAsideLimit;
        this.watch = watch;
    }

    @Override
    public synchronized boolean hasNext() {
        if (ended || watch.isStopped()) {
            return false;
        }
        try {
            return !setAside.isEmpty() || records.hasNext();
        } catch (Throwable fault) {
            end(fault);
            return false;
        }
    }

    @Override
    public synchronized Batch next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        Map<Listing, List<Update>> rows = new LinkedHashMap<>();
        List<Outcome> decided = new ArrayList<>();
        try {
            do {
                long seen = underWay.changes();
                takeFreed(rows);
                read(rows, decided);
                if (!rows.isEmpty() || !decided.isEmpty() || setAside.isEmpty()) {
                    break;
                }
                underWay.awaitChange(seen, LONGEST_WAIT_NANOS);
            } while (!watch.isStopped());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        } catch (Throwable fault) {
            end(fault);
        }
        List<Input> inputs = new ArrayList<>(rows.size());
        rows.values().forEach(merged -> inputs.add(Input.of(merged)));
        return new Batch(++number, inputs, decided);
    }

    /**
     * A batch is settled, or given up: its listings may get something newer.
     *
     * @param holdUntil when an attempt of unknown end can no longer arrive and disturb what is
     *     newer, as {@code System.nanoTime()}; empty when there was no such attempt
     */
    public void settled(Batch batch, OptionalLong holdUntil) {
        for (Input input : batch.inputs()) {
            Listing listing = Listing.of(input);
            if (holdUntil.isPresent()) {
                underWay.holdUntil(listing, holdUntil.getAsLong());
            } else {
                underWay.free(listing);
            }
        }
    }

    private void read(Map<Listing, List<Update>> rows, List<Outcome> decided) {
        int merged = 0;
        while (rows.size() < size
                && decided.size() < DECIDED_LIMIT
                && setAsideRows + merged < setAsideLimit
                && records.hasNext()) {
            Mapped record = records.next();
            if (record instanceof Mapped.Decided known) {
                decided.add(known.outcome());
                continue;
            }
            Update update = (Update) record;
            Listing listing = Listing.of(update);
            List<Update> waiting = setAside.get(listing);
            if (waiting != null) {
                waiting.add(update);
                setAsideRows++;
            } else if (rows.containsKey(listing)
                    && rows.get(listing).get(0).id().equals(update.id())) {
                rows.get(listing).add(update);
                merged++;
            } else if (underWay.isBusy(listing)) {
                setAside.put(listing, new ArrayList<>(List.of(update)));
                setAsideRows++;
            } else {
                take(listing, new ArrayList<>(List.of(update)), rows);
            }
        }
    }

    private void takeFreed(Map<Listing, List<Update>> rows) {
        Iterator<Map.Entry<Listing, List<Update>>> waiting = setAside.entrySet().iterator();
        while (waiting.hasNext() && rows.size() < size) {
            Map.Entry<Listing, List<Update>> entry = waiting.next();
            if (!underWay.isBusy(entry.getKey())) {
                List<Update> all = entry.getValue();
                List<Update> first = all.subList(0, rowsOfOneSpelling(all));
                take(entry.getKey(), new ArrayList<>(first), rows);
                setAsideRows -= first.size();
                first.clear();
                if (all.isEmpty()) {
                    waiting.remove();
                }
            }
        }
    }

    private static int rowsOfOneSpelling(List<Update> rows) {
        int count = 1;
        while (count < rows.size() && rows.get(count).id().equals(rows.get(0).id())) {
            count++;
        }
        return count;
    }

    private void take(Listing listing, List<Update> updates, Map<Listing, List<Update>> rows) {
        underWay.take(listing);
        rows.put(listing, updates);
    }

    private void end(Throwable fault) {
        ended = true;
        watch.failed(fault);
    }
}
