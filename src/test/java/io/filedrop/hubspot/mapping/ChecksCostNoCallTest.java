package io.filedrop.hubspot.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.batch.Batches;
import io.filedrop.hubspot.batch.UnderWay;
import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A record that fails a check needs no call, and its batch is filled with those behind it. */
class ChecksCostNoCallTest {

    private static final Columns COLUMNS =
            new Columns(List.of("id", "hs_price", "hs_listing_type"), "Line 1");
    private static final int ROWS = 50_000;

    private static Record row(int row) {
        String price = row % 400 == 7 ? "1.250.000" : Integer.toString(row);
        String type = row % 400 == 207 ? "House" : "house";
        return new Record.Row(
                new Position(row, Integer.toString(row + 2)),
                COLUMNS,
                new String[] {Integer.toString(row + 1), price, type});
    }

    @Test
    void batchesAreFull() throws Exception {
        Mapper mapper =
                Mapper.of(
                        HeaderMapping.of(COLUMNS, ""),
                        COLUMNS,
                        new Mapper.Fit(Portals.LISTINGS, false, false, false, ""));
        Iterator<Mapped> records =
                IntStream.range(0, ROWS).mapToObj(row -> mapper.map(row(row))).iterator();
        Batches.Limits limits = new Batches.Limits(100, 10_000, 1 << 25, 8);
        Batches batches = new Batches(records, new UnderWay(System::nanoTime), limits, new Quiet());
        int calls = 0;
        int inputs = 0;
        int failed = 0;
        while (batches.hasNext()) {
            Batch batch = batches.next();
            calls += batch.inputs().isEmpty() ? 0 : 1;
            inputs += batch.inputs().size();
            failed +=
                    (int)
                            batch.decided().stream()
                                    .filter(o -> o.kind() == Outcome.Kind.FAILED)
                                    .count();
            batches.settled(batch, OptionalLong.empty());
        }
        assertThat(failed).isEqualTo(250);
        assertThat(inputs).isEqualTo(ROWS - 250);
        assertThat(calls).as("calls of 100 inputs").isEqualTo(498);
    }

    private static final class Quiet implements Batches.Watch {

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public boolean goesOn() {
            return false;
        }

        @Override
        public void failed(Throwable fault) {
            throw new AssertionError(fault);
        }
    }
}
