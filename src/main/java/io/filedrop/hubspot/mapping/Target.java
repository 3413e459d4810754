package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.run.Code;
import java.util.List;

/** One {@link Value}, bound to the columns of one file. */
final class Target {

    private final String property;
    private final Value value;
    private final boolean clearEmpty;
    private final String folder;

    /** Whether the field goes as it is; the way that most values take. */
    private final boolean plain;

    private final int[] indexes;
    private final int unitIndex;

    /**
     * @param property the internal name, empty for the key
     * @param clearEmpty the setting for empty fields
     * @param folder the inbox folder that the file came from, empty when there is none
     */
    Target(String property, Value value, Columns columns, boolean clearEmpty, String folder) {
        this.property = property;
        this.value = value;
        this.clearEmpty = clearEmpty;
        this.folder = folder;
        this.indexes = value.source().columns().stream().mapToInt(columns::indexOf).toArray();
        this.unitIndex = value.measure().map(m -> columns.indexOf(m.column())).orElse(-1);
        this.plain =
                value.source() instanceof Source.Column
                        && value.equals(Value.of(((Source.Column) value.source()).name()));
    }

    String property() {
        return property;
    }

    Value value() {
        return value;
    }

    /**
     * The property's value.
     *
     * @param fields of the record, null where one is absent
     * @return null leaves the property alone, an empty text empties it
     */
    String of(String[] fields) throws Unfit {
        if (plain) {
            String text = fields[indexes[0]];
            if (text == null || text.isEmpty()) {
                return text == null || !clearEmpty ? null : "";
            }
            return single(text);
        }
        String text = raw(fields);
        if (text != null) {
            String bare = text.strip();
            if (!value.skip().isEmpty() || !value.clear().isEmpty()) {
                String folded = ValueTable.folded(bare, value.ignoreCase());
                if (value.skip().contains(folded)) {
                    return null;
                }
                if (value.clear().contains(folded)) {
                    return "";
                }
            }
            if (value.trim() || value.conversion().map(Conversion::trims).orElse(false)) {
                text = bare;
            }
        }
        if (text == null || text.isEmpty()) {
            if (value.fallback().isEmpty()) {
                return missing(text);
            }
            text = value.fallback().get();
        }
        if (!value.conversion().map(Conversion::takesSeveral).orElse(false)) {
            text = single(text);
        }
        if (value.conversion().isEmpty()) {
            return text;
        }
        String converted = value.conversion().get().of(text);
        return value.measure().isEmpty() || converted == null
                ? converted
                : value.measure().get().of(converted, unitIndex < 0 ? null : fields[unitIndex]);
    }

    private String missing(String text) throws Unfit {
        Value.Empty rule =
                value.required()
                        ? Value.Empty.REFUSE
                        : value.empty().orElse(clearEmpty ? Value.Empty.CLEAR : Value.Empty.IGNORE);
        if (value.required() || text != null && rule == Value.Empty.REFUSE) {
            throw new Unfit(Code.MISSING_VALUE, "a value");
        }
        return text != null && rule == Value.Empty.CLEAR ? "" : null;
    }

    /** What stands in the file for it, before anything is done with it; null when it is absent. */
    String raw(String[] fields) throws Unfit {
        Source source = value.source();
        if (source instanceof Source.Column) {
            return field(fields, 0);
        }
        if (source instanceof Source.Joined joined) {
            return joined(joined, fields);
        }
        if (source instanceof Source.Constant constant) {
            return constant.text().replace(Source.INBOX_FOLDER, folder);
        }
        Source.Computed computed = (Source.Computed) source;
        String[] inputs = new String[indexes.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = field(fields, i);
        }
        return computed.expression().of(computed.columns(), inputs, folder);
    }

    private String joined(Source.Joined joined, String[] fields) {
        StringBuilder text = new StringBuilder();
        boolean present = false;
        int next = 0;
        for (String part : joined.parts()) {
            boolean isFolder = part.equals(Source.INBOX_FOLDER);
            String one = isFolder ? folder : field(fields, next++);
            if (one == null) {
                continue;
            }
            present |= !isFolder;
            one = one.strip();
            if (!one.isEmpty()) {
                text.append(text.isEmpty() ? "" : joined.join()).append(one);
            }
        }
        return present ? text.toString() : null;
    }

    /** Whether every field of the file that the value is made of holds something. */
    boolean isComplete(String[] fields) {
        for (int i = 0; i < indexes.length; i++) {
            String one = field(fields, i);
            if (one == null || one.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** A field of the source; a column that an optional value lacks is absent. */
    String field(String[] fields, int which) {
        int index = indexes[which];
        return index < 0 ? null : fields[index];
    }

    /**
     * The fields it is made of, as they stand in the file, for a person who looks for the fault.
     */
    String found(String[] fields) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < indexes.length; i++) {
            String one = field(fields, i);
            found.append(i == 0 ? "" : " ").append(one == null ? "" : one);
        }
        return found.toString().replace(Conversion.SEPARATOR, ';');
    }

    /** The columns it is made of. */
    List<String> columns() {
        return value.source().columns();
    }

    private static String single(String text) throws Unfit {
        if (text.indexOf(Conversion.SEPARATOR) >= 0) {
            throw new Unfit(
                    Code.SEVERAL_VALUES, "one value; the mapping can make choices of several");
        }
        return text;
    }
}
