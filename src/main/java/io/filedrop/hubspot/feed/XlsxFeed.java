package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.Row;

/**
 * The rows of one sheet. Rows without any value are passed over, as empty lines are in a CSV file.
 */
final class XlsxFeed implements Feed {

    private final XlsxSheet sheet;
    private final Columns columns;
    private final Limits limits;
    private final double bytesOfRow;
    private final long size;
    private Row row;
    private int lastRow;
    private long rowsRead;
    private long ordinal;
    private boolean ended;

    static XlsxFeed open(Path file, Layout layout, Limits limits, WorkbookParts.Seen seen)
            throws IOException, RefusedFile {
        long size = Files.size(file);
        return new XlsxFeed(
                XlsxSheet.open(file, layout, limits, seen),
                limits,
                (double) size / Math.max(1, seen.rows()),
                size);
    }

    private XlsxFeed(XlsxSheet sheet, Limits limits, double bytesOfRow, long size) {
        this.sheet = sheet;
        this.columns = sheet.columns();
        this.limits = limits;
        this.bytesOfRow = bytesOfRow;
        this.size = size;
        this.lastRow = sheet.headerRow();
    }

    XlsxSheet sheet() {
        return sheet;
    }

    /** The last record as the workbook has it, or null when it could not be read at all. */
    Row row() {
        return row;
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Record next() throws IOException {
        row = null;
        try {
            while (!ended && sheet.rows().hasNext()) {
                Row read = sheet.rows().next();
                rowsRead++;
                if (!XlsxSheet.isBehind(lastRow, read)) {
                    return rest("the rows are not in order");
                }
                if (!sheet.isBlank(read)) {
                    Record record = record(read);
                    ordinal++;
                    lastRow = read.getRowNum();
                    row = read;
                    return record;
                }
                lastRow = read.getRowNum();
            }
        } catch (RuntimeException e) {
            XlsxSheet.throwIfOfDisk(e);
            return rest(Words.name(Words.excerpt(String.valueOf(e.getMessage()))));
        }
        ended = true;
        return null;
    }

    private Record rest(String what) {
        ended = true;
        return new Record.Unreadable(
                new Position(ordinal++, sheet.place(lastRow)),
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "Behind "
                                + sheet.place(lastRow)
                                + " the sheet cannot be read: "
                                + what
                                + "."));
    }

    private Record record(Row read) {
        Position position = new Position(ordinal, sheet.place(read.getRowNum()));
        String[] values = new String[columns.names().size()];
        Arrays.fill(values, "");
        for (Cell cell : read) {
            if (cell == null) {
                continue;
            }
            int column = cell.getColumnIndex();
            String address =
                    Words.name(sheet.name()) + "!" + new CellAddress(read.getRowNum() - 1, column);
            try {
                String text = sheet.text(cell);
                if (column < values.length) {
                    Code wrong = new RowValues(1, limits).add(0, text);
                    if (wrong != null) {
                        return unreadable(
                                position,
                                wrong,
                                column,
                                address,
                                wrong == Code.TOO_LONG
                                        ? "is longer than the limit"
                                        : "holds a control character, which no property can");
                    }
                    values[column] = text;
                } else if (!text.isBlank()) {
                    return unreadable(
                            position,
                            Code.WRONG_FIELD_COUNT,
                            column,
                            address,
                            "stands in a column that has no name");
                }
            } catch (CellText.NoValue e) {
                return unreadable(position, Code.BAD_CELL, column, address, e.getMessage());
            }
        }
        return new Record.Row(position, columns, values);
    }

    private Record unreadable(
            Position position, Code code, int column, String address, String what) {
        String name = column < columns.names().size() ? columns.names().get(column) : "";
        return new Record.Unreadable(
                position,
                Reason.of(
                        code,
                        name,
                        "",
                        address
                                + (name.isEmpty() ? "" : " (" + name + ")")
                                + ": the cell "
                                + what
                                + "."));
    }

    /** The library does not tell how far it is; as many as so many rows have, on the average. */
    @Override
    public long bytesRead() {
        return ended ? size : Math.min(size, (long) (rowsRead * bytesOfRow));
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }
}
