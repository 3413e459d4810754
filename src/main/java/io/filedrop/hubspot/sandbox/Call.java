package io.filedrop.hubspot.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One request that the sandbox got.
 *
 * @param number of batch updates and upserts, counted from 1; 0 for other calls
 * @param endpoint update, upsert, read, properties, token, or other
 * @param headers names in lower case; without the token
 * @param ids of the inputs, in the order they came
 * @param fault what went wrong with it on purpose, or null
 */
public record Call(
        long number,
        String endpoint,
        String path,
        Map<String, String> headers,
        List<String> ids,
        Fault.Kind fault) {}
