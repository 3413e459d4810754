package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Looks at a workbook before its reader does: the archive must be consistent, each part must unpack
 * within the limits, and none may hold what could cost too much or reach out of the file.
 */
final class WorkbookParts {

    private static final String SHARED_TEXTS = "xl/sharedstrings.xml";

    private WorkbookParts() {}

    /**
     * What the bytes of a workbook tell.
     *
     * @param rows of the sheet that has the most of them
     * @param isFrom1904 whether days are counted from 1904, as on old Macintoshes
     * @param isComputed whether an empty value of a formula is the text that it came to
     */
    record Seen(long rows, boolean isFrom1904, boolean isComputed) {}

    /** Refuses a workbook that must not be read. */
    static Seen require(Path file, Limits limits) throws IOException, RefusedFile {
        byte[] start = TextEncoding.start(file);
        if (start.length == 0) {
            throw new RefusedFile(Reason.of(Code.EMPTY_FILE, "The file is empty."));
        }
        if (TextEncoding.startsWith(start, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw unknown(
                    isProtected(file)
                            ? "the workbook is protected by a password; save it without"
                            : "its content is an old Excel workbook; save it as .xlsx");
        }
        if (!TextEncoding.startsWith(start, 'P', 'K')) {
            throw unknown("by its name it is a workbook, but its content is not");
        }
        boolean workbook = false;
        long total = 0;
        long rows = 0;
        boolean isFrom1904 = false;
        boolean isComputed = true;
        try (ZipDirectory directory = new ZipDirectory(file, limits)) {
            for (ZipDirectory.Entry entry : directory.entries()) {
                String name = entry.name().toLowerCase(Locale.ROOT);
                workbook |= name.endsWith("workbook.xml") || name.equals("[content_types].xml");
                total += entry.size();
                if (name.endsWith("vbaproject.bin")) {
                    throw unknown("the workbook holds macros; save it as .xlsx");
                }
                if (name.equals(SHARED_TEXTS) && entry.size() > limits.sharedTexts()) {
                    throw tooLarge(
                            "its shared texts have more than "
                                    + Words.count(limits.sharedTexts())
                                    + " bytes (drop.limits.shared-texts)");
                }
                if (total > limits.file()) {
                    throw tooLarge("it unpacks to more than " + Words.count(limits.file()));
                }
                boolean isXml = name.endsWith(".xml") || name.endsWith(".rels");
                Look look = new Look(isXml, name.contains("worksheets/"), limits);
                directory.unpack(entry, look);
                rows = Math.max(rows, look.rows);
                if (look.hasDoctype) {
                    throw new RefusedFile(
                            Reason.of(
                                    Code.DOCTYPE,
                                    "The part "
                                            + Words.name(Words.excerpt(entry.name()))
                                            + " of the workbook has a document type declaration."));
                }
                if (look.hasPhonetics) {
                    throw new RefusedFile(
                            Reason.of(
                                    Code.BROKEN_STRUCTURE,
                                    "A cell in "
                                            + Words.name(Words.excerpt(entry.name()))
                                            + " says within its text how it is pronounced, which"
                                            + " cannot be kept apart; save the workbook in"
                                            + " Excel."));
                }
                if (look.hasLongRow) {
                    throw tooLarge(
                            "one of its rows has more than "
                                    + Words.count(limits.record())
                                    + " bytes");
                }
                look.cells.require(entry.name());
                isFrom1904 |= look.cells.isFrom1904();
                isComputed &= !look.cells.hasOpenFormula();
            }
        }
        if (!workbook) {
            throw unknown("the archive holds no workbook");
        }
        return new Seen(rows, isFrom1904, isComputed);
    }

    /** A protected workbook has its package within, under a name in UTF-16. */
    private static boolean isProtected(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String content = new String(in.readNBytes(1 << 22), StandardCharsets.ISO_8859_1);
            String name =
                    new String(
                            "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE),
                            StandardCharsets.ISO_8859_1);
            return content.contains(name);
        }
    }

    static RefusedFile unknown(String what) {
        return new RefusedFile(
                Reason.of(Code.UNKNOWN_FORMAT, "The workbook cannot be read: " + what + "."));
    }

    private static RefusedFile tooLarge(String what) {
        return new RefusedFile(
                Reason.of(Code.FILE_TOO_LARGE, "The workbook cannot be read: " + what + "."));
    }

    /** Looks at the bytes of a part as they pass. */
    private static final class Look extends OutputStream {

        private static final byte[] DOCTYPE = "<!DOCTYPE".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] ROW = "row".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] PHONETICS = "rPh sb=".getBytes(StandardCharsets.US_ASCII);

        private final WorkbookCells cells = new WorkbookCells();
        private final boolean isXml;
        private final boolean isSheet;
        private final long longest;
        private int ofDoctype;
        private int ofRow;
        private int ofPhonetics;
        private long sinceRow;
        private long rows;
        private byte before;
        private boolean atRow;
        private boolean hasDoctype;
        private boolean hasLongRow;
        private boolean hasPhonetics;

        Look(boolean isXml, boolean isSheet, Limits limits) {
            this.isXml = isXml;
            this.isSheet = isSheet;
            this.longest = limits.record();
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int at, int length) {
            // Whatever its name is: a workbook may call any part a sheet.
            cells.read(bytes, at, length);
            for (int i = at; isXml && i < at + length; i++) {
                byte b = bytes[i];
                ofDoctype = b == DOCTYPE[ofDoctype] ? ofDoctype + 1 : b == '<' ? 1 : 0;
                if (ofDoctype == DOCTYPE.length) {
                    hasDoctype = true;
                    ofDoctype = 0;
                }
                atRow = ofRow == 0 && b == ROW[0] ? before == '<' : atRow;
                before = b;
                ofRow = b == ROW[ofRow] ? ofRow + 1 : b == ROW[0] ? 1 : 0;
                if (ofRow == ROW.length) {
                    ofRow = 0;
                    sinceRow = 0;
                    rows += isSheet && atRow ? 1 : 0;
                }
                ofPhonetics = b == PHONETICS[ofPhonetics] ? ofPhonetics + 1 : b == 'r' ? 1 : 0;
                if (ofPhonetics == PHONETICS.length) {
                    hasPhonetics |= isSheet;
                    ofPhonetics = 0;
                }
                sinceRow++;
                hasLongRow |= isSheet && sinceRow > longest;
            }
        }
    }
}
