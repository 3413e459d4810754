package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Position;
import java.util.Map;

/** What a record is after mapping. */
public sealed interface Mapped {

    Position position();

    /**
     * A record as HubSpot's input.
     *
     * @param id value of {@code idProperty}, or a record id when that is empty
     * @param idProperty name of the unique property, empty for record ids
     * @param properties at least one, by HubSpot's internal names; an empty text clears
     */
    record Update(Position position, String id, String idProperty, Map<String, String> properties)
            implements Mapped {}

    /** A record whose outcome is known without asking HubSpot. */
    record Decided(Outcome outcome) implements Mapped {
        @Override
        public Position position() {
            return outcome.position();
        }
    }
}
