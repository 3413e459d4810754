package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Columns;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the records of one feed into updates, and checks them. A pure function of the record, once
 * it is made.
 */
public final class Mapper {

    private final String idProperty;
    private final Columns columns;
    private final boolean isTable;
    private final boolean normalisesDates;
    private final Target id;
    private final Target[] targets;
    private final Check[] checks;

    /**
     * What a mapping is made to fit, besides the columns.
     *
     * @param definitions the portal's, or {@link Definitions#UNKNOWN}
     * @param normalisesDates whether HubSpot takes a date with a time of day
     * @param clearEmpty whether an empty field empties the property
     * @param ignoreUnknown whether a header's name that is no property is passed over
     * @param folder the inbox folder that the file came from, empty when there is none
     */
    public record Fit(
            Definitions definitions,
            boolean normalisesDates,
            boolean clearEmpty,
            boolean ignoreUnknown,
            String folder) {}

    Mapper(Mapping mapping, Columns columns, Map<String, Value> properties, Fit fit) {
        this.idProperty = mapping.idProperty();
        this.columns = columns;
        this.isTable = !columns.header().isEmpty();
        this.normalisesDates = fit.normalisesDates();
        this.id = new Target("", mapping.id(), columns, false, fit.folder());
        this.targets =
                properties.entrySet().stream()
                        .map(
                                e ->
                                        new Target(
                                                e.getKey(),
                                                e.getValue(),
                                                columns,
                                                fit.clearEmpty(),
                                                fit.folder()))
                        .toArray(Target[]::new);
        this.checks = checks(fit.definitions());
    }

    private Mapper(Mapper same, Definitions definitions) {
        this.idProperty = same.idProperty;
        this.columns = same.columns;
        this.isTable = same.isTable;
        this.normalisesDates = same.normalisesDates;
        this.id = same.id;
        this.targets = same.targets;
        this.checks = checks(definitions);
    }

    /**
     * @throws RefusedFile when the mapping and the columns, or the properties, do not fit
     */
    public static Mapper of(Mapping mapping, Columns columns, Fit fit) throws RefusedFile {
        return new Mapper(mapping, columns, Fitting.of(mapping, columns, fit), fit);
    }

    /** The same mapping, checking by definitions that HubSpot has given since. */
    Mapper checkedBy(Definitions definitions) {
        return new Mapper(this, definitions);
    }

    private Check[] checks(Definitions definitions) {
        Check[] all = new Check[targets.length];
        for (int i = 0; i < all.length; i++) {
            all[i] =
                    definitions
                            .of(targets[i].property())
                            .map(property -> Check.of(property, normalisesDates))
                            .orElse(Check.NONE);
        }
        return all;
    }

    /** The record as an update, or its outcome where none is needed. */
    public Mapped map(Record record) {
        if (record instanceof Record.Unreadable unreadable) {
            return new Mapped.Decided(
                    Outcome.failed(unreadable.position(), "", List.of(unreadable.reason())));
        }
        Record.Row row = (Record.Row) record;
        try {
            return map(row);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever the record holds, it stops neither the run nor the files behind it. What
            // was thrown may tell a value, and is not passed on.
            return new Mapped.Decided(
                    Outcome.failed(
                            row.position(),
                            "",
                            List.of(
                                    Reason.of(
                                            Code.READER_FAILED,
                                            "The record cannot be mapped: it failed with "
                                                    + e.getClass().getSimpleName()
                                                    + "."))));
        }
    }

    private Mapped map(Record.Row row) {
        String[] fields = row.values();
        if (isTable && isBlank(fields)) {
            // A line of delimiters, as spreadsheets leave them: nothing is lost by not sending it.
            // In a tree, other names than the mapping's look the same, and nothing may hide that.
            return new Mapped.Decided(Outcome.unchanged(row.position(), ""));
        }
        List<Reason> faults = new ArrayList<>(0);
        String key = key(fields, faults);
        Map<String, String> values = new LinkedHashMap<>(targets.length * 2);
        for (int i = 0; i < targets.length; i++) {
            String value = null;
            try {
                value = targets[i].of(fields);
                if (value != null) {
                    if (!value.isEmpty()) {
                        checks[i].accept(value);
                    }
                    values.put(targets[i].property(), value);
                }
            } catch (Unfit unfit) {
                faults.add(reason(targets[i], fields, value, unfit));
            }
        }
        if (!faults.isEmpty()) {
            return new Mapped.Decided(Outcome.failed(row.position(), key, faults));
        }
        return values.isEmpty()
                ? new Mapped.Decided(Outcome.unchanged(row.position(), key))
                : new Mapped.Update(row.position(), key, idProperty, values);
    }

    private String key(String[] fields, List<Reason> faults) {
        String key = null;
        try {
            key = id.of(fields);
            if (key == null || key.isEmpty() || !id.isComplete(fields)) {
                throw new Unfit(Code.MISSING_ID, "the id of a listing");
            }
            checkDamage(fields);
            Ids.check(key, idProperty.isEmpty());
            return key;
        } catch (Unfit unfit) {
            faults.add(reason(id, fields, key, unfit));
            return key == null ? "" : key;
        }
    }

    private void checkDamage(String[] fields) throws Unfit {
        if (id.columns().size() > 1) {
            for (int i = 0; i < id.columns().size(); i++) {
                Ids.check(id.field(fields, i).strip(), false);
            }
        }
    }

    private Reason reason(Target target, String[] fields, String mapped, Unfit unfit) {
        String found = target.found(fields);
        String property =
                target.property().isEmpty()
                        ? String.join(", ", target.columns())
                        : target.property();
        String became =
                mapped == null || mapped.equals(found.strip())
                        ? ""
                        : ", mapped to " + Words.found(mapped);
        return Reason.of(
                unfit.code(),
                property,
                found,
                place(target)
                        + ": found "
                        + Words.found(found)
                        + became
                        + "; expected "
                        + unfit.expected()
                        + (unfit.expected().endsWith("?") ? "" : "."));
    }

    /** The columns by name, and by number in a table, as people find them in the file. */
    private String place(Target target) {
        List<String> names = target.columns();
        if (names.isEmpty()) {
            return "A constant of the mapping";
        }
        List<String> places = new ArrayList<>();
        for (String name : names) {
            boolean isNumbered = isTable && columns.has(name);
            places.add(isNumbered ? columns.indexOf(name) + 1 + " (" + name + ")" : name);
        }
        return (isTable ? "Column" : "Field")
                + (names.size() > 1 ? "s " : " ")
                + String.join(", ", places);
    }

    private static boolean isBlank(String[] fields) {
        for (String value : fields) {
            if (!value.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
