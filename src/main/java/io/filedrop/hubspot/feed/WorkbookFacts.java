package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the parts of a workbook say of each other: which of them its reader opens, and for what. A
 * workbook calls them what it likes. Names are in small letters; the reader does not care either.
 */
final class WorkbookFacts {

    private static final String TYPES = "[content_types].xml";

    private final Limits limits;
    private final Set<String> workbooks = new HashSet<>(Set.of("xl/workbook.xml"));
    private final Set<String> styles = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private final List<Relation> relations = new ArrayList<>();
    private final Map<String, Part> parts = new HashMap<>();
    private long kept;
    private boolean isFrom1904;

    /** That a part calls another one, a sheet, by an id. */
    private record Relation(String from, String id, String target) {}

    /** What is left of a look at a part. */
    private record Part(long size, long texts, long highestText, Rows rows) {}

    /**
     * The rows of a sheet that may be read.
     *
     * @param complete how many
     * @param fault why there are no more, or null where the sheet ends
     * @param refusal why none of them may be read, or null
     */
    record Rows(long complete, String fault, Reason refusal) {

        static final Rows UNSEEN =
                new Rows(0, "nothing tells which part of the workbook it is", null);

        private Rows worse(Rows other) {
            boolean isWorse = other.refusal != null || other.complete < complete;
            return refusal == null && isWorse ? other : this;
        }
    }

    WorkbookFacts(Limits limits) {
        this.limits = limits;
    }

    private static boolean isXml(String name) {
        String small = small(name);
        return small.endsWith(".xml") || small.endsWith(".rels");
    }

    private static String small(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether the workbook counts its days from 1904. */
    boolean isFrom1904() {
        return isFrom1904;
    }

    /** The reader knows {@code true} only, and not {@code 1}, which Excel writes. */
    void date1904(String said) {
        isFrom1904 |= "1".equals(said) || "true".equals(said);
    }

    /** That a part is of a type. */
    void type(String by, String type, String part) throws RefusedFile {
        if (type == null || part == null || !small(by).equals(TYPES)) {
            return;
        }
        String of = type.substring(type.lastIndexOf('.') + 1);
        Set<String> those =
                switch (of) {
                    case "main+xml" -> workbooks;
                    case "styles+xml" -> styles;
                    case "sharedStrings+xml" -> texts;
                    default -> null;
                };
        if (those != null) {
            keep(part.length());
            those.add(bare(small(part)));
        }
    }

    /** That a part calls another one by that id. */
    void relation(String by, String type, String id, String target) throws RefusedFile {
        if (type != null && id != null && target != null && small(type).endsWith("sheet")) {
            keep(by.length() + id.length() + target.length());
            relations.add(new Relation(small(by), id, small(target)));
        }
    }

    private void keep(int length) throws RefusedFile {
        kept += 100 + length;
        if (kept > limits.sharedTexts()) {
            throw tooLarge();
        }
    }

    private RefusedFile tooLarge() {
        return WorkbookParts.tooLarge(
                "its shared texts, its styles or its lists of parts have more than "
                        + Words.count(limits.sharedTexts())
                        + " bytes (drop.limits.shared-texts)");
    }

    /** A part that was looked at to its end. */
    void add(PartLook look, long size) throws RefusedFile {
        if (look.hasDoctype() && isXml(look.name())) {
            throw new RefusedFile(look.refusal());
        }
        parts.put(
                small(look.name()),
                new Part(
                        size,
                        look.texts(),
                        look.sheet().highestText(),
                        new Rows(look.sheet().complete(), look.fault(), look.refusal())));
    }

    /**
     * The sheets by their ids, when the reader may have all that it keeps. It opens one of them
     * only, so that a refusal of another one is nobody's.
     */
    Map<String, Rows> sheets() throws RefusedFile {
        requireKept();
        Set<String> links = new HashSet<>();
        workbooks.forEach(workbook -> links.add(links(workbook)));
        Map<String, Rows> sheets = new HashMap<>();
        long highest = -1;
        for (Relation relation : relations) {
            Part part = links.contains(relation.from) ? parts.get(target(relation)) : null;
            if (part != null) {
                highest = Math.max(highest, part.highestText);
                sheets.merge(relation.id, part.rows, Rows::worse);
            }
        }
        requireText(highest);
        return sheets;
    }

    /** What its reader keeps in memory, or reads to its end. */
    private void requireKept() throws RefusedFile {
        Set<String> kept = new HashSet<>(Set.of(TYPES));
        kept.addAll(styles);
        kept.addAll(texts);
        for (String workbook : workbooks) {
            kept.add(workbook);
            kept.add(links(workbook));
        }
        for (String name : kept) {
            Part part = parts.get(name);
            if (part == null) {
                continue;
            }
            if (part.rows.refusal != null) {
                throw new RefusedFile(part.rows.refusal);
            }
            if (part.size > limits.sharedTexts()) {
                throw tooLarge();
            }
            if (part.rows.fault != null) {
                throw new RefusedFile(
                        Reason.of(
                                Code.BROKEN_STRUCTURE,
                                "The part "
                                        + Words.name(Words.excerpt(name))
                                        + " of the workbook cannot be read: "
                                        + Words.name(Words.excerpt(part.rows.fault))
                                        + "."));
            }
        }
    }

    /** Up to the text that a cell names, the reader makes texts where there are none. */
    private void requireText(long highest) throws RefusedFile {
        long count =
                texts.stream()
                        .map(parts::get)
                        .mapToLong(part -> part == null ? 0 : part.texts)
                        .min()
                        .orElse(0);
        if (highest >= count) {
            throw new RefusedFile(
                    Reason.of(
                            Code.BROKEN_STRUCTURE,
                            "A cell holds the shared text number "
                                    + Words.count(highest)
                                    + ", but the workbook has "
                                    + Words.count(count)
                                    + " of them, counted from 0; save it in Excel."));
        }
    }

    /** The part that tells which parts a workbook calls by which ids. */
    private static String links(String workbook) {
        int name = workbook.lastIndexOf('/') + 1;
        return workbook.substring(0, name) + "_rels/" + workbook.substring(name) + ".rels";
    }

    private static String target(Relation relation) {
        return relation.target.startsWith("/")
                ? bare(relation.target)
                : relation.from.substring(0, relation.from.lastIndexOf("_rels/")) + relation.target;
    }

    private static String bare(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
