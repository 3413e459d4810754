package io.filedrop.hubspot.batch;

import io.filedrop.hubspot.mapping.Mapped.Update;

/**
 * Which listing is meant.
 *
 * @param idProperty the unique property that {@code id} is a value of, empty for a record id
 */
public record Listing(String idProperty, String id) {

    static Listing of(Update update) {
        return new Listing(update.idProperty(), update.id());
    }

    static Listing of(Input input) {
        return new Listing(input.idProperty(), input.id());
    }
}
