package io.filedrop.hubspot.feed;

import java.util.Iterator;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.Row;

/** The rows of a sheet as its reader gives them, of which none is asked for that was not seen. */
final class SeenRows implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final WorkbookFacts.Rows seen;
    private long given;

    SeenRows(Iterator<Row> rows, WorkbookFacts.Rows seen) {
        this.rows = rows;
        this.seen = seen;
    }

    @Override
    public boolean hasNext() {
        if (given < seen.complete()) {
            return rows.hasNext();
        }
        if (seen.fault() != null) {
            throw new ExcelReaderException(seen.fault());
        }
        return false;
    }

    @Override
    public Row next() {
        given++;
        return rows.next();
    }
}
