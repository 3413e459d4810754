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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts the records of one run into batches, as they are asked for.
 *
 * <p>Several rows of one listing become one input where they meet in a batch and can be merged. A
 * row whose listing is under way is set aside and comes in a later batch, with those that were set
 * aside behind it.
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
    private final Limits limits;
    private final Watch watch;

    private final Map<Listing, List<Update>> setAside = new LinkedHashMap<>();
    private int setAsideRows;
    private final AtomicInteger mergedUnderWay = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private int gatherRows;
    private long number;
    private boolean ended;

    /**
     * How far is read ahead of what is settled.
     *
     * @param size inputs of one batch at most
     * @param setAside rows at most that are read ahead because their listing is under way, or that
     *     are merged into an input that is
     * @param characters of all rows at most that are read and not settled
     * @param inFlight batches under way at once at most
     */
    public record Limits(int size, int setAside, long characters, int inFlight) {}

    /** What the batches need to know of their run, and tell it. */
    public interface Watch {

        /** Whether no further batch is wanted, because sending has stopped. */
        boolean isStopped();

        /** Whether rows were sent before a stop or a crash of which nobody saw the end. */
        boolean goesOn();

        /** Reading failed; the iteration has ended. */
        void failed(Throwable fault);
    }

    public Batches(Iterator<Mapped> records, UnderWay underWay, Limits limits, Watch watch) {
        this.records = records;
        this.underWay = underWay;
        this.limits = limits;
        this.watch = watch;
        this.gatherRows =
                watch.goesOn() ? limits.setAside() + (limits.inFlight() + 1) * limits.size() : 0;
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
            if (!readAhead(decided)) {
                return new Batch(++number, List.of(), decided);
            }
            do {
                long seen = underWay.changes();
                takeFreed(rows);
                read(rows, decided);
                boolean isAtTheEnd = setAside.isEmpty() && !isFull();
                if (!rows.isEmpty() || !decided.isEmpty() || isAtTheEnd) {
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
        List<Listing> listings = new ArrayList<>(batch.inputs().size());
        for (Input input : batch.inputs()) {
            listings.add(Listing.of(input));
            mergedUnderWay.addAndGet(1 - input.rows().size());
            input.rows().forEach(row -> characters.addAndGet(-charactersOf(row)));
        }
        if (holdUntil.isPresent()) {
            underWay.holdUntil(listings, holdUntil.getAsLong());
        } else {
            underWay.free(listings);
        }
    }

    /**
     * Rows that were sent as one before a crash must not be sent one by one after it: the first
     * would undo the others for a while. So as many rows as may have been read by then are gathered
     * first, each with those of its listing; no more characters than were read ahead then, either.
     *
     * @return whether all of them are gathered; if not, what is decided on the way goes first
     */
    private boolean readAhead(List<Outcome> decided) {
        while (gatherRows > 0 && characters.get() < limits.characters() && records.hasNext()) {
            if (decided.size() >= DECIDED_LIMIT) {
                return false;
            }
            Mapped record = records.next();
            if (record instanceof Mapped.Decided known) {
                decided.add(known.outcome());
            } else {
                Update update = (Update) record;
                characters.addAndGet(charactersOf(update));
                setAside.computeIfAbsent(Listing.of(update), l -> new ArrayList<>()).add(update);
                setAsideRows++;
                gatherRows--;
            }
        }
        gatherRows = 0;
        return true;
    }

    /** Whether so many rows are read ahead that others have to be settled first. */
    private boolean isFull() {
        return setAsideRows + mergedUnderWay.get() >= limits.setAside()
                || characters.get() >= limits.characters();
    }

    private void read(Map<Listing, List<Update>> rows, List<Outcome> decided) {
        while (rows.size() < limits.size()
                && decided.size() < DECIDED_LIMIT
                && !isFull()
                && records.hasNext()) {
            Mapped record = records.next();
            if (record instanceof Mapped.Decided known) {
                decided.add(known.outcome());
                continue;
            }
            Update update = (Update) record;
            characters.addAndGet(charactersOf(update));
            Listing listing = Listing.of(update);
            List<Update> waiting = setAside.get(listing);
            if (waiting != null) {
                waiting.add(update);
                setAsideRows++;
            } else if (rows.containsKey(listing)
                    && rows.get(listing).get(0).id().equals(update.id())
                    && Input.canMerge(rows.get(listing), update)) {
                rows.get(listing).add(update);
                mergedUnderWay.incrementAndGet();
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
        while (waiting.hasNext() && rows.size() < limits.size()) {
            Map.Entry<Listing, List<Update>> entry = waiting.next();
            if (!underWay.isBusy(entry.getKey())) {
                List<Update> all = entry.getValue();
                List<Update> first = all.subList(0, rowsOfOneInput(all));
                take(entry.getKey(), new ArrayList<>(first), rows);
                setAsideRows -= first.size();
                mergedUnderWay.addAndGet(first.size() - 1);
                first.clear();
                if (all.isEmpty()) {
                    waiting.remove();
                }
            }
        }
    }

    /** The names of properties are shared by all rows. */
    private static long charactersOf(Update update) {
        long count = update.id().length();
        for (String value : update.properties().values()) {
            count += value.length();
        }
        return count;
    }

    private static int rowsOfOneInput(List<Update> rows) {
        int count = 1;
        while (count < rows.size()
                && rows.get(count).id().equals(rows.get(0).id())
                && Input.canMerge(rows.subList(0, count), rows.get(count))) {
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
