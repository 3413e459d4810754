package io.filedrop.hubspot.mapping;

import java.util.List;

/** Where a value comes from. */
sealed interface Source {

    /** What stands for the inbox folder that a file came from. */
    String INBOX_FOLDER = "{source}";

    /** The fields of the file that are read for it. */
    List<String> columns();

    /** Whether it needs the inbox folder that the file came from. */
    default boolean needsFolder() {
        return false;
    }

    /** One field as it is. */
    record Column(String name) implements Source {
        @Override
        public List<String> columns() {
            return List.of(name);
        }
    }

    /**
     * Several fields in one text; what is absent or empty is left out.
     *
     * @param parts names of fields, or {@code {source}}
     */
    record Joined(List<String> parts, String join) implements Source {
        @Override
        public List<String> columns() {
            return parts.stream().filter(part -> !part.equals(INBOX_FOLDER)).toList();
        }

        @Override
        public boolean needsFolder() {
            return parts.contains(INBOX_FOLDER);
        }
    }

    /** The same text for every record, but for {@code {source}} in it. */
    record Constant(String text) implements Source {
        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public boolean needsFolder() {
            return text.contains(INBOX_FOLDER);
        }
    }

    /** What an expression makes of some fields. */
    record Computed(List<String> columns, Expression expression) implements Source {}
}
