package io.filedrop.hubspot.feed;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes fields from the parser. The parser is given one character for each unit of the file,
 * because all that it looks for is ASCII; so a field's bytes are known here, and are decoded
 * strictly: a wrong byte costs its own record and no other.
 */
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRows.Raw> {

    /** The record is so long that its end is not looked for. */
    static final class NoEnd extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** What can be wrong with the characters of a field. */
    enum Wrong {
        ENCODING,
        CONTROL_CHARACTER,
        QUOTE_BEHIND_BLANK,
        TOO_LONG
    }

    /**
     * One row as the parser gives it.
     *
     * @param line the physical line it begins on, counted from where the parser began
     * @param wrong what is wrong with a field, or null
     * @param wrongField that field's index
     */
    record Raw(long line, String[] fields, Wrong wrong, int wrongField) {

        boolean isBlank() {
            for (String field : fields) {
                if (!field.isBlank()) {
                    return false;
                }
            }
            return true;
        }
    }

    private final TextEncoding encoding;
    private final char quote;
    private final CharsetDecoder decoder;
    private final Limits limits;

    private final List<String> fields = new ArrayList<>();
    private long length;
    private Wrong wrong;
    private int wrongField;

    CsvRows(TextEncoding encoding, char quote, Limits limits) {
        this.encoding = encoding;
        this.quote = quote;
        this.decoder = encoding.charset().newDecoder();
        this.limits = limits;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields.clear();
        length = 0;
        wrong = null;
    }

    @Override
    protected void handleField(int index, char[] buf, int offset, int length, boolean quoted) {
        this.length += length + 1;
        if (this.length > limits.searched()) {
            throw new NoEnd();
        }
        if (this.length > limits.record() || fields.size() > limits.columns()) {
            note(Wrong.TOO_LONG, index);
            return;
        }
        boolean ascii = true;
        for (int i = offset; i < offset + length; i++) {
            char c = buf[i];
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F) {
                note(Wrong.CONTROL_CHARACTER, index);
            }
            ascii &= c < 0x80;
        }
        if (!quoted && isQuoteBehindBlank(buf, offset, offset + length)) {
            note(Wrong.QUOTE_BEHIND_BLANK, index);
        }
        String text = new String(buf, offset, length);
        fields.add(ascii ? text : decode(text, index));
    }

    /** Whether the quote belongs to the value is not certain then: readers differ. */
    private boolean isQuoteBehindBlank(char[] buf, int from, int to) {
        int at = from;
        while (at < to && (buf[at] == ' ' || buf[at] == '\t')) {
            at++;
        }
        return at > from && at < to && buf[at] == quote;
    }

    private String decode(String bytes, int index) {
        try {
            return encoding.decode(bytes, decoder);
        } catch (CharacterCodingException e) {
            note(Wrong.ENCODING, index);
            return bytes;
        }
    }

    private void note(Wrong what, int index) {
        if (wrong == null) {
            wrong = what;
            wrongField = index;
        }
    }

    /** The line of the row that is being read, also when it could not be read. */
    long line() {
        return getStartingLineNumber();
    }

    @Override
    protected Raw buildRecord() {
        return new Raw(getStartingLineNumber(), fields.toArray(String[]::new), wrong, wrongField);
    }
}
