package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import javax.xml.stream.XMLStreamReader;

/**
 * The texts that cells of a sheet hold themselves, and what stands around them and between their
 * pieces. The reader takes that for a part of the text.
 */
final class OwnText {

    private final String shown;
    private boolean isOpen;
    private boolean isInPiece;
    private boolean isBehindPiece;
    private boolean hasBlanks;
    private boolean hasBreak;
    private boolean isIndented;

    /**
     * @param shown how reasons name the part
     */
    OwnText(String shown) {
        this.shown = shown;
    }

    /** Whether one has begun, but not ended. */
    boolean isOpen() {
        return isOpen;
    }

    /**
     * Whether one has a line break and blanks around it, as in a sheet that is printed prettily.
     */
    boolean isIndented() {
        return isIndented;
    }

    void opened() {
        isOpen = true;
        isBehindPiece = false;
    }

    void openedPiece() throws RefusedFile {
        if (isBehindPiece && hasBlanks) {
            throw apart("has blanks between the pieces of its text");
        }
        endBlanks();
        isInPiece = isOpen;
    }

    /** A text between tags, or a piece of it. */
    void text(XMLStreamReader xml) throws RefusedFile {
        if (!isOpen || isInPiece) {
            return;
        }
        String text = xml.getText();
        if (!text.isBlank()) {
            throw apart("has letters around its text");
        }
        hasBlanks = true;
        hasBreak |= CellText.hasBreak(text);
    }

    void closedPiece() {
        isBehindPiece |= isInPiece;
        isInPiece = false;
    }

    void closed() throws RefusedFile {
        endBlanks();
        isOpen = false;
    }

    /** Without a line break they could be of the text. */
    private void endBlanks() throws RefusedFile {
        if (hasBlanks && !hasBreak) {
            throw apart("has blanks around its text");
        }
        isIndented |= hasBreak;
        hasBlanks = false;
        hasBreak = false;
    }

    RefusedFile apart(String what) {
        return new RefusedFile(
                Reason.of(
                        Code.BROKEN_STRUCTURE,
                        "A cell in "
                                + shown
                                + " "
                                + what
                                + ", which cannot be kept apart; save the workbook in Excel."));
    }
}
