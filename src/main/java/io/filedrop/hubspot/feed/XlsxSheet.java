package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** The sheet of a workbook that holds the listings: its header, what stands above it, its rows. */
final class XlsxSheet implements Closeable {

    private final ReadableWorkbook workbook;
    private final Sheet sheet;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final WorkbookParts.Seen seen;
    private final Limits limits;
    private final List<Row> top = new ArrayList<>();
    private final Columns columns;
    private int headerRow;

    /** Opens the sheet that the layout names, or the first that is visible, up to its header. */
    static XlsxSheet open(Path file, Layout layout, Limits limits, WorkbookParts.Seen seen)
            throws IOException, RefusedFile {
        ReadableWorkbook workbook;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (IOException | RuntimeException e) {
            throwIfOfDisk(e);
            throw broken(e);
        }
        boolean opened = false;
        try {
            XlsxSheet sheet =
                    new XlsxSheet(workbook, sheet(workbook, layout), seen, layout, limits);
            opened = true;
            return sheet;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    private XlsxSheet(
            ReadableWorkbook workbook,
            Sheet sheet,
            WorkbookParts.Seen seen,
            Layout layout,
            Limits limits)
            throws IOException, RefusedFile {
        this.workbook = workbook;
        this.sheet = sheet;
        this.seen = seen;
        this.limits = limits;
        WorkbookFacts.Rows known = seen.of(sheet.getId());
        try {
            this.stream = sheet.openStream();
            this.rows = new SeenRows(stream.iterator(), known);
            this.columns = header(headerRow(layout.option("header-row").orElse("0")));
        } catch (IOException | RuntimeException e) {
            if (e instanceof IllegalArgumentException option) {
                throw option;
            }
            throwIfOfDisk(e);
            throw broken(e);
        }
    }

    /**
     * Throws the fault of the disk that is behind a fault of the library, if one is: it says
     * nothing of the workbook. The archive was read to its end just before, so that what the
     * library finds wrong with its bytes, each by a class of its own, is no such fault.
     */
    static void throwIfOfDisk(Throwable fault) throws IOException {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            // One that only wraps another says what that one says.
            boolean isPlain = t.getClass() == IOException.class && t.getCause() == null;
            if (isPlain
                    || t instanceof FileSystemException
                    || t instanceof ClosedChannelException) {
                throw (IOException) t;
            }
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
            if (!isBehind(headerRow, read)) {
                throw refused(
                        Code.BROKEN_STRUCTURE,
                        "cannot be read: the rows above its header are not in order.");
            }
            headerRow = read.getRowNum();
            boolean isHeader = wanted == 0 ? !isBlank(read) : headerRow == wanted;
            if (isHeader || !isBlank(read)) {
                top.add(read);
            }
            if (isHeader) {
                return names(read);
            }
            if (wanted > 0 && headerRow > wanted || top.size() > 1000) {
                break;
            }
        }
        throw refused(
                Code.EMPTY_FILE, "has no header" + (wanted == 0 ? "." : " in row " + wanted + "."));
    }

    private RefusedFile refused(Code code, String what) {
        return new RefusedFile(
                Reason.of(code, "The sheet " + Words.name(sheet.getName()) + " " + what));
    }

    private Columns names(Row header) throws RefusedFile {
        List<String> names = new ArrayList<>();
        for (Cell cell : header) {
            if (cell == null || isEmpty(cell)) {
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
        return new Columns(HeaderNames.of(names, this::badHeader), place(headerRow));
    }

    private boolean isEmpty(Cell cell) {
        return cell.getValue() == null && !CellText.isOpen(cell, seen) && !CellText.isError(cell);
    }

    private String name(Cell cell) throws RefusedFile {
        try {
            return HeaderNames.bare(text(cell));
        } catch (CellText.NoValue e) {
            throw badHeader("the cell " + cell.getAddress() + " " + e.getMessage());
        }
    }

    private RefusedFile badHeader(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BAD_HEADER,
                        place(headerRow) + ": the header cannot be used, " + what + "."));
    }

    /** Whether the row stands behind the one of that number, and where a sheet has rows. */
    static boolean isBehind(int rowNumber, Row row) {
        return row.getRowNum() > rowNumber && row.getRowNum() <= Worksheet.MAX_ROWS;
    }

    /** Whether no cell of it holds anything. */
    boolean isBlank(Row row) {
        for (Cell cell : row) {
            if (cell != null
                    && (cell.getRawValue() != null && !cell.getRawValue().isBlank()
                            || CellText.isOpen(cell, seen))) {
                return false;
            }
        }
        return true;
    }

    String name() {
        return sheet.getName();
    }

    /** What is known of its workbook. */
    WorkbookParts.Seen seen() {
        return seen;
    }

    Columns columns() {
        return columns;
    }

    /** The number of the row that the header stands in. */
    int headerRow() {
        return headerRow;
    }

    /** The header, and what stands above it. */
    List<Row> top() {
        return top;
    }

    /** The rows behind the header, as far as they were looked at before. */
    Iterator<Row> rows() {
        return rows;
    }

    /** What the cell holds, as a text. */
    String text(Cell cell) throws CellText.NoValue {
        return CellText.of(cell, seen);
    }

    /** How reasons name a row of this sheet. */
    String place(int rowNumber) {
        return Words.name(sheet.getName()) + "!" + rowNumber;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
