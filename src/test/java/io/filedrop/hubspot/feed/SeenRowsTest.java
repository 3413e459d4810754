package io.filedrop.hubspot.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

/** A reader that goes on where the look at a sheet ended is not asked to. */
class SeenRowsTest {

    /** So many rows, each nothing here, and a fault of the test behind them. */
    private static SeenRows rows(int count, WorkbookFacts.Rows seen) {
        Iterator<Row> rows =
                new Iterator<>() {
                    private int given;

                    @Override
                    public boolean hasNext() {
                        assertThat(given).as("rows that were asked for").isLessThan(count);
                        return true;
                    }

                    @Override
                    public Row next() {
                        given++;
                        return null;
                    }
                };
        return new SeenRows(rows, seen);
    }

    private static void take(SeenRows rows, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(rows.hasNext()).isTrue();
            rows.next();
        }
    }

    @Test
    void endsWhereTheSheetDoes() {
        SeenRows rows = rows(2, new WorkbookFacts.Rows(2, null, null));
        take(rows, 2);
        assertThat(rows.hasNext()).isFalse();
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void isBrokenWhereTheLookFoundAFault() {
        SeenRows rows = rows(2, new WorkbookFacts.Rows(2, "no end", null));
        take(rows, 2);
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(rows::hasNext)
                    .isInstanceOf(ExcelReaderException.class)
                    .hasMessage("no end");
        }
    }

    @Test
    void givesNothingOfASheetThatNobodySaw() throws Exception {
        WorkbookParts.Seen seen = new WorkbookParts.Seen(9, false, false, true, Map.of());
        assertThatThrownBy(rows(0, seen.of("rId1"))::hasNext)
                .isInstanceOf(ExcelReaderException.class);
    }

    @Test
    void endsWhereTheReaderDoes() {
        SeenRows rows =
                new SeenRows(List.<Row>of().iterator(), new WorkbookFacts.Rows(2, null, null));
        assertThat(rows.hasNext()).isFalse();
    }
}
