package io.filedrop.hubspot.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One bad input and what must become of it. An input has a number, B1 to B82, and some have several
 * variants.
 *
 * @param content writes the file; null where another test proves it
 * @param mapping empty: the header names HubSpot's properties
 * @param outcome the records as {@link BadInputsTest} shows them, or {@code refused} with a code
 * @param says what the refusal or the reasons must say, among other things
 * @param proofs the tests that prove it, {@code room.Test#method}, where this table cannot
 */
record BadInput(
        int number,
        String what,
        String name,
        Content content,
        String mapping,
        String outcome,
        List<String> says,
        List<String> proofs) {

    /** Writes a file that a test has made up. */
    interface Content {
        void write(Path file) throws Exception;
    }

    static BadInput of(int number, String what, String name, Content content) {
        return new BadInput(number, what, name, content, "", "", List.of(), List.of());
    }

    static BadInput of(int number, String what, String name, String text) {
        return of(number, what, name, text.getBytes(UTF_8));
    }

    static BadInput of(int number, String what, String name, byte[] bytes) {
        return of(number, what, name, file -> Files.write(file, bytes));
    }

    /** Another test proves it, or a part of it that no reader sees. */
    static BadInput proven(int number, String what, String... tests) {
        return new BadInput(number, what, "", null, "", "", List.of(), List.of(tests));
    }

    /** With that mapping of columns, or of the layout alone. */
    BadInput by(String yaml) {
        return new BadInput(number, what, name, content, yaml, outcome, says, proofs);
    }

    BadInput gives(String records, String... sentences) {
        return new BadInput(
                number, what, name, content, mapping, records, List.of(sentences), proofs);
    }

    BadInput refused(String code, String... sentences) {
        return gives("refused " + code, sentences);
    }

    @Override
    public String toString() {
        return "B" + number + " " + what;
    }

    /** The same text again and again, without holding all of it. */
    static Content repeated(String before, String again, long times, String after) {
        return file -> {
            try (var out = Files.newOutputStream(file)) {
                int many = (int) Math.max(1, Math.min(times, 65_536 / again.length()));
                byte[] block = again.repeat(many).getBytes(UTF_8);
                byte[] one = again.getBytes(UTF_8);
                out.write(before.getBytes(UTF_8));
                long left = times;
                for (; left >= many; left -= many) {
                    out.write(block);
                }
                for (; left > 0; left--) {
                    out.write(one);
                }
                out.write(after.getBytes(UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
    }
}
