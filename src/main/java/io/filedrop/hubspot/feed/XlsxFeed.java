package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Position;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * The rows of one sheet. Rows without any value are passed over, as empty lines are in a CSV file.
 */
final class XlsxFeed implements Feed {

    private final ReadableWorkbook workbook;
    private final Sheet sheet;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final Limits limits;
    private final double bytesOfRow;
    private final long size;
    private final List<Row> top = new ArrayList<>();
    private final Columns columns;
    private Row row;
    private int lastRow;
    private long rowsRead;
    private long ordinal;
    private boolean ended;

    /**
     * @param rowsAtMost of any of the sheets, for those who tell how far a run is
     */
    static XlsxFeed open(Path file, Layout layout, Limits limits, long rowsAtMost)
            throws IOException, RefusedFile {
        ReadableWorkbook workbook;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
        boolean opened = false;
        try {
            XlsxFeed feed =
                    new XlsxFeed(
                            workbook,
                            sheet(workbook, layout),
                            layout,
                            limits,
                            (double) Files.size(file) / Math.max(1, rowsAtMost),
                            Files.size(file));
            opened = true;
            return feed;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    private XlsxFeed(
            ReadableWorkbook workbook,
            Sheet sheet,
            Layout layout,
            Limits limits,
            double bytesOfRow,
            long size)
            throws RefusedFile {
        this.workbook = workbook;
        this.sheet = sheet;
        this.limits = limits;
        this.bytesOfRow = bytesOfRow;
        this.size = size;
        try {
            this.stream = sheet.openStream();
            this.rows = stream.iterator();
            this.columns = header(headerRow(layout.option("header-row").orElse("0")));
        } catch (IOException | RuntimeException e) {
            if (e instanceof IllegalArgumentException option) {
                throw option;
            }
            throw broken(e);
        }
    }

    private static RefusedFile broken(Exception e) {
        return new RefusedFile(
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "The workbook is damaged, or of a kind that cannot be read ("
                                + Words.name(Words.excerpt(why(e)))
                                + ")."));
    }

    /** The library's own words for a package whose content types name no workbook are few. */
    private static String why(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.equals("null not found") ? "its content types name no workbook" : message;
    }

    private static Sheet sheet(ReadableWorkbook workbook, Layout layout) throws RefusedFile {
        List<Sheet> sheets;
        try (Stream<Sheet> all = workbook.getSheets()) {
            sheets = all.toList();
        }
        String name = layout.option("sheet").orElse("");
        return sheets.stream()
                .filter(
                        sheet ->
                                name.isEmpty()
                                        ? sheet.getVisibility() == SheetVisibility.VISIBLE
                                        : sheet.getName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedFile(
                                        Reason.of(
                                                Code.WRONG_SHAPE,
                                                "The workbook has no sheet "
                                                        + (name.isEmpty()
                                                                ? "that is visible"
                                                                : Words.name(name))
                                                        + ". Its sheets: "
                                                        + Words.name(
                                                                Words.excerpt(
                                                                        sheets.stream()
                                                                                .map(Sheet::getName)
                                                                                .collect(
                                                                                        Collectors
                                                                                                .joining(
                                                                                                        ", "))))
                                                        + ".")));
    }

    /** The number of the header's row. */
    static int headerRow(String said) {
        if (!said.matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException(
                    "header-row must be the number of a row, but is " + Words.name(said));
        }
        return Integer.parseInt(said);
    }

    private Columns header(int wanted) throws RefusedFile {
        while (rows.hasNext()) {
            Row read = rows.next();
            lastRow = read.getRowNum();
            boolean isHeader = wanted == 0 ? !isBlank(read) : lastRow == wanted;
            if (isHeader || !isBlank(read)) {
                top.add(read);
            }
            if (isHeader) {
                return names(read);
            }
            if (wanted > 0 && lastRow > wanted || top.size() > 1000) {
                break;
            }
        }
        throw new RefusedFile(
                Reason.of(
                        Code.EMPTY_FILE,
                        "The sheet "
                                + Words.name(sheet.getName())
                                + " has no header"
                                + (wanted == 0 ? "." : " in row " + wanted + ".")));
    }

    private Columns names(Row header) throws RefusedFile {
        List<String> names = new ArrayList<>();
        for (Cell cell : header) {
            if (cell == null || cell.getValue() == null) {
                continue;
            }
            if (cell.getColumnIndex() >= limits.columns()) {
                throw badHeader("it has more than " + Words.count(limits.columns()) + " columns");
            }
            while (names.size() < cell.getColumnIndex()) {
                names.add("");
            }
            names.add(name(cell));
        }
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        return new Columns(HeaderNames.of(names, this::badHeader));
    }

    private String name(Cell cell) throws RefusedFile {
        try {
            return HeaderNames.bare(CellText.of(cell, workbook.isDate1904()));
        } catch (CellText.NoValue e) {
            throw badHeader("the cell " + cell.getAddress() + " " + e.getMessage());
        }
    }

    private RefusedFile badHeader(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        place(lastRow) + ": the header cannot be used, " + what + "."));
    }

    private String place(int rowNumber) {
        return Words.name(sheet.getName()) + "!" + rowNumber;
    }

    private static boolean isBlank(Row row) {
        for (Cell cell : row) {
            if (cell != null && cell.getRawValue() != null && !cell.getRawValue().isBlank()
                    || cell != null && cell.getFormula() != null) {
                return false;
            }
        }
        return true;
    }

    String sheetName() {
        return sheet.getName();
    }

    boolean from1904() {
        return workbook.isDate1904();
    }

    /** The header, and what stands above it. */
    List<Row> top() {
        return top;
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
    public Record next() {
        row = null;
        try {
            while (!ended && rows.hasNext()) {
                Row read = rows.next();
                rowsRead++;
                if (read.getRowNum() <= lastRow) {
                    return rest("the rows are not in order");
                }
                lastRow = read.getRowNum();
                if (!isBlank(read)) {
                    row = read;
                    return record(read);
                }
            }
        } catch (RuntimeException e) {
            return rest(Words.name(Words.excerpt(String.valueOf(e.getMessage()))));
        }
        ended = true;
        return null;
    }

    private Record rest(String what) {
        ended = true;
        return new Record.Unreadable(
                new Position(ordinal++, place(lastRow)),
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "Behind " + place(lastRow) + " the sheet cannot be read: " + what + "."));
    }

    private Record record(Row read) {
        Position position = new Position(ordinal++, place(read.getRowNum()));
        String[] values = new String[columns.names().size()];
        Arrays.fill(values, "");
        for (Cell cell : read) {
            if (cell == null) {
                continue;
            }
            int column = cell.getColumnIndex();
            String address =
                    Words.name(sheet.getName())
                            + "!"
                            + new CellAddress(read.getRowNum() - 1, column);
            try {
                String text = CellText.of(cell, workbook.isDate1904());
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
        stream.close();
        workbook.close();
    }
}
