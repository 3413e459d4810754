package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mapping's own table of values: what the file says, and what HubSpot gets for it. */
final class ValueTable implements Conversion {

    /** What is done with a value that the table does not have. */
    enum Others {
        REFUSE,
        SKIP,
        KEEP
    }

    private final Map<String, String> table;
    private final List<String> shown;
    private final Others others;
    private final boolean ignoreCase;

    /**
     * @param table in the order of the mapping
     * @param ignoreCase whether House and HOUSE are the same
     */
    ValueTable(Map<String, String> table, Others others, boolean ignoreCase) {
        this.table = new HashMap<>();
        table.forEach((found, wanted) -> this.table.put(folded(found, ignoreCase), wanted));
        this.shown = List.copyOf(table.keySet());
        this.others = others;
        this.ignoreCase = ignoreCase;
    }

    @Override
    public String of(String text) throws Unfit {
        String wanted = table.get(folded(text, ignoreCase));
        if (wanted != null) {
            return wanted;
        }
        return switch (others) {
            case KEEP -> text;
            case SKIP -> null;
            case REFUSE ->
                    throw new Unfit(
                            Code.UNMAPPED_VALUE,
                            "one of " + String.join(", ", shown) + ", as the mapping lists them");
        };
    }

    /** The text as it is compared. */
    static String folded(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
