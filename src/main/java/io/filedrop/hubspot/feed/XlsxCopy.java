package io.filedrop.hubspot.feed;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.XmlEscapeHelper;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Row;

/**
 * Rows as a workbook again, each cell with its value, dates as dates. What is no value stays none:
 * an error, or a formula without its value, is a formula here.
 */
final class XlsxCopy implements Closeable {

    private static final int ROWS_IN_MEMORY = 500;

    /** Days between the two beginnings that workbooks count from. */
    private static final BigDecimal SHIFT = BigDecimal.valueOf(1462);

    private final Workbook workbook;
    private final Worksheet sheet;
    private final WorkbookParts.Seen seen;
    private int next;

    XlsxCopy(String sheetName, WorkbookParts.Seen seen, OutputStream out) {
        this.workbook = new Workbook(out, "HubSpot File Drop", "1.0");
        this.sheet = workbook.newWorksheet(sheetName);
        this.seen = seen;
    }

    /** A row that stays where it is: the header, or one above it. */
    void keepPlace(Row row) {
        next = row.getRowNum() - 1;
        add(row);
    }

    /** One more row, behind the others. */
    void add(Row row) {
        for (Cell cell : row) {
            if (cell != null) {
                add(cell);
            }
        }
        endRow();
    }

    /** A sentence as one more row. In a column that has no name it fails again. */
    void add(String sentence, int column) {
        sheet.inlineString(next, Math.min(column, Worksheet.MAX_COLS - 1), sentence);
        endRow();
    }

    private void endRow() {
        next++;
        if (next % ROWS_IN_MEMORY == 0) {
            try {
                sheet.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void add(Cell cell) {
        int column = cell.getColumnIndex();
        Object value = cell.getValue();
        if (CellText.isError(cell)) {
            sheet.formula(next, column, CellText.errorFormula(cell.getRawValue()));
        } else if (value == null) {
            if (CellText.isOpen(cell, seen)) {
                // The library writes a formula as it is, and not as XML.
                sheet.formula(next, column, XmlEscapeHelper.escape(cell.getFormula()));
            }
        } else if (value instanceof Boolean flag) {
            sheet.value(next, column, flag);
        } else if (value instanceof BigDecimal number) {
            CellText.Kind kind = CellText.kind(cell);
            boolean shifts =
                    seen.isFrom1904() && kind != CellText.Kind.NUMBER && number.longValue() > 0;
            sheet.value(next, column, shifts ? number.add(SHIFT) : number);
            if (kind != CellText.Kind.NUMBER) {
                // A plain format: the library writes one with quotes so that nobody can read it.
                sheet.style(next, column).format(kind.format()).set();
            }
        } else {
            // Not among the shared texts, which would be kept in memory to the end.
            sheet.inlineString(next, column, CellText.written(value.toString(), seen));
        }
    }

    @Override
    public void close() throws IOException {
        workbook.finish();
    }
}
