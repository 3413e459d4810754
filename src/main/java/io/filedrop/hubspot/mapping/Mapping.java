package io.filedrop.hubspot.mapping;

import io.filedrop.hubspot.feed.Layout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the fields of some files become properties; one file of {@code config/mappings/}.
 *
 * @param name of the mapping's file
 * @param sha256 of the mapping's file, lower-case hexadecimal
 * @param files globs of the file names it is for
 * @param layout how those files are laid out
 * @param id how the key is made
 * @param idProperty the unique property that the key is a value of, empty for record ids
 * @param expected how often such a file should come at least, if the mapping says so
 * @param properties how each property is made, by its internal name, in the order of the file
 */
public record Mapping(
        String name,
        String sha256,
        List<String> files,
        Layout layout,
        Value id,
        String idProperty,
        Optional<Duration> expected,
        Map<String, Value> properties) {}
