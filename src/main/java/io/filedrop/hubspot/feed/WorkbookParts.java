package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at a workbook before its reader does: the archive must be consistent, each part must unpack
 * within the limits, and none that is read may hold what could cost too much or reach out of the
 * file.
 */
final class WorkbookParts {

    private WorkbookParts() {}

    /**
     * What the bytes of a workbook tell.
     *
     * @param rows of the sheet that has the most of them
     * @param isFrom1904 whether days are counted from 1904, as on old Macintoshes
     * @param isIndented whether texts of cells may have a line break and blanks around them that
     *     are not theirs
     * @param isComputed whether an empty value of a formula is the text that it came to
     * @param sheets by the ids under which the workbook has them
     */
    record Seen(
            long rows,
            boolean isFrom1904,
            boolean isIndented,
            boolean isComputed,
            Map<String, WorkbookFacts.Rows> sheets) {

        /** The rows of a sheet that may be read, if that sheet may. */
        WorkbookFacts.Rows of(String sheet) throws RefusedFile {
            WorkbookFacts.Rows rows = sheets.getOrDefault(sheet, WorkbookFacts.Rows.UNSEEN);
            if (rows.refusal() != null) {
                throw new RefusedFile(rows.refusal());
            }
            return rows;
        }
    }

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
        boolean isWorkbook = false;
        long total = 0;
        long rows = 0;
        boolean isIndented = false;
        boolean isComputed = true;
        WorkbookFacts facts = new WorkbookFacts(limits);
        try (ZipDirectory directory = new ZipDirectory(file, limits)) {
            for (ZipDirectory.Entry entry : directory.entries()) {
                String name = entry.name().toLowerCase(Locale.ROOT);
                isWorkbook |= name.endsWith("workbook.xml") || name.equals("[content_types].xml");
                total += entry.size();
                if (name.endsWith("vbaproject.bin")) {
                    throw unknown("the workbook holds macros; save it as .xlsx");
                }
                if (total > limits.file()) {
                    throw tooLarge("it unpacks to more than " + Words.count(limits.file()));
                }
                // Whatever its name is: a workbook may call any part a sheet.
                PartLook look = new PartLook(entry.name(), facts, limits);
                directory.unpack(entry, look);
                look.close();
                facts.add(look, entry.size());
                rows = Math.max(rows, look.sheet().rows());
                isIndented |= look.sheet().ownText().isIndented();
                isComputed &= !look.sheet().hasOpenFormula();
            }
        }
        if (!isWorkbook) {
            throw unknown("the archive holds no workbook");
        }
        return new Seen(rows, facts.isFrom1904(), isIndented, isComputed, facts.sheets());
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

    static RefusedFile tooLarge(String what) {
        return new RefusedFile(
                Reason.of(Code.FILE_TOO_LARGE, "The workbook cannot be read: " + what + "."));
    }
}
