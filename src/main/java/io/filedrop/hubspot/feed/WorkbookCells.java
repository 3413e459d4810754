package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Worksheet;

/**
 * What the bytes of a workbook's part say of cells: whether each stands where a sheet has one, and
 * what their reader does not tell. It makes room for every column up to the one that a cell names.
 */
final class WorkbookCells extends TagBytes {

    /** The time that it takes to read a number grows with the square of its digits. */
    private static final int LONGEST_NUMBER = 1_000;

    /** The types of cells, but for numbers and for the texts of formulas. */
    private static final Set<String> OTHER_TYPES = Set.of("s", "inlineStr", "b", "e");

    private static final byte[] SHEET = "sheetData".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern PLAIN =
            Pattern.compile("(?i)utf-?(8|16|16le|16be)|(us-)?ascii|iso-8859-\\d+|windows-\\d+");

    private final StringBuilder reference = new StringBuilder();
    private final StringBuilder type = new StringBuilder();
    private String outside = "";
    private int ofSheet;
    private long rows;
    private long cells;
    private long valueLength = -1;
    private boolean isSheet;
    private boolean isPlain = true;
    private boolean isInCell;
    private boolean isNested;
    private boolean isFrom1904;
    private boolean isText;
    private boolean isNumber;
    private boolean hasFormula;
    private boolean hasEmptyValue;
    private boolean hasOpenFormula;
    private boolean hasLongNumber;

    /**
     * Whether the workbook counts its days from 1904. The reader knows {@code true} only, and not
     * {@code 1}, which Excel writes.
     */
    boolean isFrom1904() {
        return isFrom1904;
    }

    /**
     * Whether the value of a formula is empty, and not said to be a text: nobody computed it. The
     * reader gives such a cell as one whose formula came to an empty text.
     */
    boolean hasOpenFormula() {
        return hasOpenFormula;
    }

    /** Refuses the part when it is a sheet that must not be read. */
    void require(String part) throws RefusedFile {
        if (!isSheet) {
            return;
        }
        String shown = Words.name(Words.excerpt(part));
        if (!isPlain || isNested || hasZeroes() || hasDeclaration()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.BROKEN_STRUCTURE,
                            "The sheet in "
                                    + shown
                                    + " is not written in UTF-8, declares a document type or has"
                                    + " cells within cells; save the workbook in Excel."));
        }
        if (!outside.isEmpty()) {
            throw new RefusedFile(
                    Reason.of(
                            Code.BROKEN_STRUCTURE,
                            "A cell or a row in "
                                    + shown
                                    + " stands at "
                                    + Words.name(outside)
                                    + ", but a sheet has A1 to XFD1048576 only; save the workbook"
                                    + " in Excel."));
        }
        if (hasLongNumber) {
            throw new RefusedFile(
                    Reason.of(
                            Code.TOO_LONG,
                            "A number in "
                                    + shown
                                    + " has more than "
                                    + Words.count(LONGEST_NUMBER)
                                    + " characters."));
        }
    }

    @Override
    void read(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length && !isSheet; i++) {
            byte b = bytes[i];
            if (b != 0) {
                // Whatever stands around it, so that no part is a sheet unnoticed.
                ofSheet = b == SHEET[ofSheet] ? ofSheet + 1 : b == SHEET[0] ? 1 : 0;
                isSheet = ofSheet == SHEET.length;
            }
        }
        super.read(bytes, at, length);
    }

    @Override
    void attribute(CharSequence name, CharSequence key, CharSequence value) {
        if (name.length() > 0 && name.charAt(0) == '?') {
            isPlain &= !is("encoding", key) || PLAIN.matcher(value).matches();
        } else if (is("r", key)) {
            set(reference, value);
        } else if (is("t", key)) {
            set(type, value);
        } else if (is("date1904", key)) {
            isFrom1904 |= is("workbookPr", name) && (is("1", value) || is("true", value));
        }
    }

    @Override
    void opened(CharSequence name, boolean isEmpty) {
        if (is("c", name)) {
            isNested |= isInCell;
            isInCell = !isEmpty;
            cell();
        } else if (is("row", name)) {
            isNested |= isInCell;
            row();
        } else if (is("f", name)) {
            hasFormula = true;
        } else if (is("v", name)) {
            // Its reader would take what follows for the rest of the value.
            isNested |= valueLength >= 0;
            hasEmptyValue |= isEmpty;
            valueLength = isEmpty ? -1 : 0;
        }
        reference.setLength(0);
        type.setLength(0);
    }

    private void row() {
        rows++;
        cells = 0;
        if (isOutside(reference)) {
            outside = "row " + reference;
        } else if (rows > Worksheet.MAX_ROWS) {
            outside = "row " + Words.count(rows);
        }
    }

    private void cell() {
        cells++;
        hasFormula = false;
        hasEmptyValue = false;
        isText = is("str", type);
        isNumber = !isText && !OTHER_TYPES.contains(type.toString());
        if (isOutside(reference)) {
            outside = reference.toString();
        } else if (cells > Worksheet.MAX_COLS) {
            outside = "column " + Words.count(cells);
        }
    }

    /** A text that is no reference is not outside: its reader stops there. */
    private static boolean isOutside(CharSequence reference) {
        long column = 0;
        long row = 0;
        for (int i = 0; i < reference.length(); i++) {
            char c = reference.charAt(i);
            if (c == '&') {
                // Nobody writes one so, but for those who hide it.
                return true;
            }
            int letter = (c | ' ') - 'a';
            if (c >= '0' && c <= '9') {
                row = Math.min(row * 10 + c - '0', Worksheet.MAX_ROWS + 1L);
            } else if (letter >= 0 && letter < 26) {
                column = Math.min(column * 26 + letter + 1, Worksheet.MAX_COLS + 1L);
            } else if (c != '$') {
                return false;
            }
        }
        return column > Worksheet.MAX_COLS
                || row > Worksheet.MAX_ROWS
                || reference.length() == KEPT;
    }

    @Override
    void closed(CharSequence name) {
        if (is("v", name)) {
            hasEmptyValue |= valueLength == 0;
            valueLength = -1;
        } else if (is("c", name)) {
            isInCell = false;
            hasOpenFormula |= hasFormula && hasEmptyValue && !isText;
        }
    }

    @Override
    void text() {
        if (valueLength >= 0) {
            valueLength++;
            hasLongNumber |= isNumber && valueLength > LONGEST_NUMBER;
        }
    }

    private static boolean is(String wanted, CharSequence found) {
        return wanted.contentEquals(found);
    }

    private static void set(StringBuilder kept, CharSequence value) {
        kept.setLength(0);
        kept.append(value);
    }
}
