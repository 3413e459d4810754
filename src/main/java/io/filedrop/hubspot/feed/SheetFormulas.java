package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;

/**
 * What the formulas of a sheet cost its reader. It keeps those that stand for several cells, walks
 * all the arrays among them for each cell without a formula of its own, and puts a shared one
 * together again, piece by piece, for each cell that names it.
 */
final class SheetFormulas {

    /** Looks at an array, of some nanoseconds each: a minute or so. */
    private static final long MOST_STEPS = 20_000_000_000L;

    /** Characters that are copied in the time of such a look. */
    private static final int COPIED_IN_A_STEP = 16;

    /** What the reader keeps of a formula beside its text. */
    private static final int BYTES_OF_FORMULA = 100;

    private final String shown;
    private final Limits limits;
    private final Map<Integer, Base> shared = new HashMap<>();
    private long arrays;
    private long bare;
    private boolean isInQuotes;
    private long steps;
    private long kept;
    private long length;
    private String kind;
    private String range;
    private String number;
    private boolean isOpen;
    private boolean isCounted;
    private boolean hasOne;
    private boolean hasText;

    /**
     * A shared formula.
     *
     * @param bare how many of its characters stand outside of quotes
     */
    private record Base(long length, long bare) {

        static final Base NONE = new Base(0, 0);
    }

    /**
     * @param shown how reasons name the part
     */
    SheetFormulas(String shown, Limits limits) {
        this.shown = shown;
        this.limits = limits;
    }

    /** A cell of that type begins. */
    void begin(String type) {
        isCounted = !type.equals("s") && !type.equals("inlineStr");
        hasOne = false;
        hasText = false;
    }

    /** Whether the cell has a formula. */
    boolean hasOne() {
        return hasOne;
    }

    /** Whether a formula has begun, but not ended. */
    boolean isOpen() {
        return isOpen;
    }

    void opened(XMLStreamReader xml) {
        isOpen = true;
        hasOne = true;
        length = 0;
        bare = 0;
        isInQuotes = false;
        kind = xml.getAttributeValue(null, "t");
        range = xml.getAttributeValue(null, "ref");
        number = xml.getAttributeValue(null, "si");
    }

    /** A text between tags, or a piece of it. */
    void text(XMLStreamReader xml, int more) {
        if (!isOpen) {
            return;
        }
        length += more;
        if ("shared".equals(kind) && range != null) {
            String text = xml.getText();
            for (int i = 0; i < text.length(); i++) {
                isInQuotes ^= text.charAt(i) == '"';
                bare += isInQuotes ? 0 : 1;
            }
        }
    }

    void closed() throws RefusedFile {
        isOpen = false;
        hasText = length > 0;
        if (!isCounted) {
            return;
        }
        if ("array".equals(kind) && range != null) {
            // Their places may be such that a table of them is no faster than a list.
            spend(arrays);
            arrays++;
            keep();
        } else if ("shared".equals(kind)) {
            if (range != null) {
                shared.put(number(), new Base(length, bare));
                keep();
            } else {
                Base base = shared.getOrDefault(number(), Base.NONE);
                hasText = base.length > 0;
                // For each of its pieces, half of it on the average; a piece has two letters. What
                // is quoted is one piece with what stands before it.
                spend(base.length * base.bare / 4 / COPIED_IN_A_STEP);
            }
        }
    }

    /** The cell ends. */
    void end() throws RefusedFile {
        if (isCounted && !hasText) {
            spend(arrays);
        }
    }

    /** Where it is no number, the reader stops. */
    private Integer number() {
        try {
            return number == null ? null : Integer.valueOf(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void keep() throws RefusedFile {
        kept += BYTES_OF_FORMULA + length;
        if (kept > limits.sharedTexts()) {
            throw tooMuch(
                    "have more than "
                            + Words.count(limits.sharedTexts())
                            + " bytes where they stand for several cells"
                            + " (drop.limits.shared-texts)");
        }
    }

    private void spend(long more) throws RefusedFile {
        steps += more;
        if (steps > MOST_STEPS) {
            throw tooMuch("would take too long to read; save it with their values only");
        }
    }

    private RefusedFile tooMuch(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.TOO_LONG, "The formulas of the sheet in " + shown + " " + what + "."));
    }
}
