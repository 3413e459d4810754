package io.filedrop.hubspot.feed;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * The value of a workbook's cell as exact text: a number in digits, a date as ISO 8601 writes it. A
 * pure function of the cell.
 */
final class CellText {

    private static final Pattern CODE_POINT = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final Pattern ERROR =
            Pattern.compile(
                    "#(N/A|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)");

    /** Excel keeps so many digits of a number; the others are lost (its specification). */
    private static final int EXACT_DIGITS = 15;

    /** More digits behind the point than any double has. */
    private static final int LONGEST_SCALE = 400;

    private static final BigDecimal DAYS = BigDecimal.valueOf(2_958_466);
    private static final long MILLIS_OF_DAY = 86_400_000L;

    private CellText() {}

    /** A cell that has no exact value. The message ends the sentence "the cell …". */
    static final class NoValue extends Exception {

        private static final long serialVersionUID = 1L;

        NoValue(String message) {
            super(message);
        }
    }

    /**
     * @param cell null: the cell is not there
     * @param seen what is known of its workbook
     */
    static String of(Cell cell, WorkbookParts.Seen seen) throws NoValue {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        Object value = cell.getValue();
        if (isError(cell)) {
            throw new NoValue("holds the error " + cell.getRawValue());
        }
        if (value == null) {
            if (isOpen(cell, seen)) {
                throw new NoValue("holds a formula, but not its value; save the workbook in Excel");
            }
            return "";
        }
        if (value instanceof Boolean flag) {
            return flag ? "true" : "false";
        }
        if (value instanceof BigDecimal number) {
            Kind kind = kind(cell);
            return kind == Kind.NUMBER
                    ? number(number, cell.getRawValue())
                    : date(number, kind, seen.isFrom1904());
        }
        return text(written(value.toString(), seen));
    }

    /** A text as the workbook writes it, without what is around it only to print it prettily. */
    static String written(String text, WorkbookParts.Seen seen) {
        if (!seen.isIndented()) {
            return text;
        }
        String tail = text.stripLeading();
        String from = hasBreak(text.substring(0, text.length() - tail.length())) ? tail : text;
        String head = from.stripTrailing();
        return hasBreak(from.substring(head.length())) ? head : from;
    }

    static boolean hasBreak(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /** Whether the cell holds a formula, but not what it came to; that may be an empty text. */
    static boolean isOpen(Cell cell, WorkbookParts.Seen seen) {
        boolean isEmptyText = seen.isComputed() && "".equals(cell.getRawValue());
        return cell.getFormula() != null && cell.getValue() == null && !isEmptyText;
    }

    /** Whether the cell holds an error, itself or as what its formula came to. */
    static boolean isError(Cell cell) {
        return cell.getType() == CellType.ERROR
                || cell.getType() == CellType.FORMULA
                        && cell.getValue() instanceof String text
                        && ERROR.matcher(text).matches();
    }

    /** A formula that comes to that error. */
    static String errorFormula(String error) {
        return "#N/A".equals(error) ? "NA()" : "#DIV/0!".equals(error) ? "1/0" : "#REF!";
    }

    /** What the format of a cell says a number is. */
    enum Kind {
        NUMBER(""),
        DAY("yyyy-mm-dd"),
        DAY_AND_TIME("yyyy-mm-dd hh:mm:ss"),
        TIME("hh:mm:ss");

        private final String format;

        Kind(String format) {
            this.format = format;
        }

        /** A plain format for numbers of this kind. */
        String format() {
            return format;
        }
    }

    /** By the numbers of the formats that are built in (ECMA-376, 18.8.30), else by its letters. */
    static Kind kind(Cell cell) {
        int id = cell.getDataFormatId() == null ? 0 : cell.getDataFormatId();
        if (id == 22) {
            return Kind.DAY_AND_TIME;
        }
        if (id >= 18 && id <= 21 || id >= 45 && id <= 47) {
            return Kind.TIME;
        }
        if (id >= 14 && id <= 17 || id >= 27 && id <= 36 || id >= 50 && id <= 58) {
            return Kind.DAY;
        }
        String letters = letters(cell);
        boolean day = letters.contains("y") || letters.contains("d");
        boolean time = letters.contains("h") || letters.contains("s");
        if (day && time) {
            return Kind.DAY_AND_TIME;
        }
        return time ? Kind.TIME : letters.isEmpty() ? Kind.NUMBER : Kind.DAY;
    }

    /** Characters that XML cannot hold are written by their numbers. */
    static String text(String written) {
        if (!written.contains("_x")) {
            return written;
        }
        return CODE_POINT
                .matcher(written)
                .replaceAll(
                        m ->
                                Matcher.quoteReplacement(
                                        String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    private static String number(BigDecimal number, String raw) throws NoValue {
        BigDecimal exact = number;
        if (raw != null && (number.precision() > EXACT_DIGITS || raw.matches(".*[eE].*"))) {
            // The file holds a double; its shortest notation is the number that was entered.
            double held = number.doubleValue();
            if (Double.isInfinite(held)) {
                throw unusable();
            }
            exact = new BigDecimal(Double.toString(held));
        }
        if (exact.abs().compareTo(BigDecimal.TEN.pow(EXACT_DIGITS)) >= 0) {
            throw new NoValue(
                    "holds a number of more than 15 digits, of which a workbook loses the last;"
                            + " format the column as text and enter it again");
        }
        if (exact.scale() > LONGEST_SCALE) {
            throw unusable();
        }
        String plain = exact.signum() == 0 ? "0" : exact.toPlainString();
        return plain.contains(".") && plain.endsWith("0")
                ? exact.stripTrailingZeros().toPlainString()
                : plain;
    }

    private static NoValue unusable() {
        return new NoValue("holds a number that is no decimal number of a usable length");
    }

    private static NoValue noDay() {
        return new NoValue("holds a day that no calendar has");
    }

    /** The letters of a cell's format that stand for parts of a date or a time. */
    private static String letters(Cell cell) {
        String format = Optional.ofNullable(cell.getDataFormatString()).orElse("");
        String bare =
                format.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.", "")
                        .replaceAll("\\[(?![hmsHMS]+\\])[^\\]]*\\]", "")
                        .replaceAll("(?i)general|e[+-]|am/pm|a/p", "");
        return bare.replaceAll("[^ymdhsYMDHS]", "").toLowerCase(Locale.ROOT);
    }

    private static String date(BigDecimal serial, Kind kind, boolean from1904) throws NoValue {
        if (serial.scale() > LONGEST_SCALE) {
            throw unusable();
        }
        // Before anything is computed: an exponent may stand for any number of zeroes.
        if (serial.signum() < 0 || serial.compareTo(DAYS) >= 0) {
            throw noDay();
        }
        long days = serial.longValue();
        BigDecimal part = serial.subtract(BigDecimal.valueOf(days));
        long millis =
                part.multiply(BigDecimal.valueOf(MILLIS_OF_DAY))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        if (millis % 1000 <= 1 || millis % 1000 == 999) {
            millis = (millis + 1) / 1000 * 1000;
        }
        if (millis == MILLIS_OF_DAY) {
            days++;
            millis = 0;
        }
        if (days == DAYS.longValue()) {
            throw noDay();
        }
        LocalTime time = LocalTime.ofNanoOfDay(millis * 1_000_000);
        if (days == 0 && kind == Kind.TIME) {
            return time.format(DateTimeFormatter.ISO_LOCAL_TIME);
        }
        if (!from1904 && (days == 60 || days == 0)) {
            throw noDay();
        }
        LocalDate first =
                from1904
                        ? LocalDate.of(1904, 1, 1)
                        // Excel takes 1900 for a leap year.
                        : LocalDate.of(1899, 12, days < 60 ? 31 : 30);
        LocalDate day = first.plusDays(days);
        boolean dayOnly = millis == 0 && kind == Kind.DAY;
        return dayOnly
                ? day.toString()
                : LocalDateTime.of(day, time).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
}
