package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.CellAddress;

/**
 * What the tags of a sheet say of its cells: whether each stands where a sheet has one and costs
 * its reader little, and what that reader does not tell. It makes room for every column up to the
 * one that a cell names, and for every shared text up to the one that a cell names.
 */
final class SheetLook {

    /** The time that it takes to read a number grows with the square of its digits. */
    private static final int LONGEST_NUMBER = 1_000;

    /** The types of cells, but for numbers and for the texts of formulas. */
    private static final Set<String> OTHER_TYPES = Set.of("s", "inlineStr", "b", "e");

    private final String shown;
    private final SheetFormulas formulas;
    private final OwnText ownText;
    private final StringBuilder index = new StringBuilder();
    private boolean isSheet;
    private boolean isClosed;
    private boolean isInRow;
    private boolean isInCell;
    private boolean isInValue;
    private String type = "n";
    private int valueLength;
    private boolean hasEmptyValue;
    private boolean hasOpenFormula;
    private long rows;
    private long complete;
    private long cells;
    private long highestText = -1;

    /**
     * @param shown how reasons name the part
     */
    SheetLook(String shown, Limits limits) {
        this.shown = shown;
        this.formulas = new SheetFormulas(shown, limits);
        this.ownText = new OwnText(shown);
    }

    /** Whether its rows have begun, but not ended. */
    boolean isOpen() {
        return isSheet && !isClosed;
    }

    /** Whether its rows have ended. Nobody reads what stands behind them. */
    boolean isClosed() {
        return isClosed;
    }

    /** How many rows begin in it. */
    long rows() {
        return rows;
    }

    /** How many rows end in it. */
    long complete() {
        return complete;
    }

    /** The highest number of a shared text that one of its cells names, or -1. */
    long highestText() {
        return highestText;
    }

    /**
     * Whether the value of a formula is empty, and not said to be a text: nobody computed it. The
     * reader gives such a cell as one whose formula came to an empty text.
     */
    boolean hasOpenFormula() {
        return hasOpenFormula;
    }

    /** What is known of the texts that its cells hold themselves. */
    OwnText ownText() {
        return ownText;
    }

    /** The tag that begins an element. */
    void opened(String name, XMLStreamReader xml) throws RefusedFile {
        if (!isSheet) {
            isSheet = name.equals("sheetData");
            return;
        }
        switch (name) {
            case "sheetData" -> throw nested();
            case "row" -> row(xml.getAttributeValue(null, "r"));
            case "c" -> cell(xml.getAttributeValue(null, "r"), xml.getAttributeValue(null, "t"));
            case "v" -> {
                // Its reader would take what follows for the rest of the value.
                require(!isInValue);
                isInValue = true;
                valueLength = 0;
                index.setLength(0);
            }
            case "f" -> {
                require(!formulas.isOpen());
                formulas.opened(xml);
            }
            case "is" -> {
                require(!ownText.isOpen());
                if (isInCell && type.equals("inlineStr")) {
                    ownText.opened();
                }
            }
            case "t" -> ownText.openedPiece();
            case "rPh" -> {
                if (isInCell) {
                    throw ownText.apart("says within its text how it is pronounced");
                }
            }
            default -> {
                // Nothing that the reader looks for.
            }
        }
    }

    /** A text between tags, or a piece of it. */
    void text(XMLStreamReader xml, int length) throws RefusedFile {
        if (!isSheet) {
            return;
        }
        formulas.text(xml, length);
        ownText.text(xml);
        if (!isInValue) {
            return;
        }
        valueLength += length;
        if (valueLength > LONGEST_NUMBER && isNumber()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.TOO_LONG,
                            "A number in "
                                    + shown
                                    + " has more than "
                                    + Words.count(LONGEST_NUMBER)
                                    + " characters."));
        }
        if (type.equals("s")) {
            index.append(xml.getText());
        }
    }

    private boolean isNumber() {
        return type.equals("s") || !type.equals("str") && !OTHER_TYPES.contains(type);
    }

    /** The tag that ends an element. */
    void closed(String name) throws RefusedFile {
        if (!isSheet) {
            return;
        }
        switch (name) {
            case "sheetData" -> isClosed = true;
            case "row" -> {
                complete += isInRow ? 1 : 0;
                isInRow = false;
            }
            case "c" -> endCell();
            case "v" -> endValue();
            case "f" -> formulas.closed();
            case "is" -> ownText.closed();
            case "t" -> ownText.closedPiece();
            default -> {
                // Nothing that the reader looks for.
            }
        }
    }

    private void row(String number) throws RefusedFile {
        require(!isInRow);
        isInRow = true;
        rows++;
        cells = 0;
        if (isOutside(number)) {
            throw outside("row " + Words.excerpt(number));
        } else if (rows > Worksheet.MAX_ROWS) {
            throw outside("row " + Words.count(rows));
        }
    }

    /** A text that is no number is not outside: the reader stops there. */
    private static boolean isOutside(String number) {
        try {
            return number != null
                    && !number.startsWith("+")
                    && Integer.parseInt(number) > Worksheet.MAX_ROWS;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void cell(String reference, String said) throws RefusedFile {
        require(!isInCell);
        isInCell = true;
        cells++;
        type = said == null ? "n" : said;
        hasEmptyValue = false;
        formulas.begin(type);
        if (reference != null && !isInside(reference)) {
            throw outside(Words.excerpt(reference));
        } else if (cells > Worksheet.MAX_COLS) {
            throw outside("column " + Words.count(cells));
        }
    }

    /** A text that is no reference is not outside: the reader stops there. */
    private static boolean isInside(String reference) {
        try {
            CellAddress address = new CellAddress(reference);
            return address.getColumn() >= 0
                    && address.getColumn() < Worksheet.MAX_COLS
                    && Integer.compareUnsigned(address.getRow() + 1, Worksheet.MAX_ROWS) <= 0;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private void endCell() throws RefusedFile {
        isInCell = false;
        formulas.end();
        hasOpenFormula |= formulas.hasOne() && hasEmptyValue && !type.equals("str");
    }

    private void endValue() {
        hasEmptyValue |= isInValue && valueLength == 0;
        isInValue = false;
        if (!index.isEmpty()) {
            try {
                highestText = Math.max(highestText, Integer.parseInt(index.toString()));
            } catch (NumberFormatException e) {
                // The reader stops there.
            }
            index.setLength(0);
        }
    }

    private void require(boolean isPlain) throws RefusedFile {
        if (!isPlain) {
            throw nested();
        }
    }

    private RefusedFile nested() {
        return new RefusedFile(
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "The sheet in "
                                + shown
                                + " has cells within cells; save the workbook in Excel."));
    }

    private RefusedFile outside(String where) {
        return new RefusedFile(
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "A cell or a row in "
                                + shown
                                + " stands at "
                                + Words.name(where)
                                + ", but a sheet has A1 to XFD1048576 only; save the workbook in"
                                + " Excel."));
    }
}
