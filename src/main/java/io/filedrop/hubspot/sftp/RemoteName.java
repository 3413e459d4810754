package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.FileNames;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which names of a server's listing are taken. They come from outside, and become file names. */
final class RemoteName {

    /** Bytes of a file name that every file system takes. */
    private static final int LONGEST = 255;

    /** What a person can do about a name that is none to this machine. */
    static final String NOT_HERE =
            "this machine cannot write its name; rename it, or start the program in a locale with"
                    + " UTF-8 (LC_ALL=C.UTF-8)";

    private RemoteName() {}

    /** Why a file of that name is not fetched, or empty when it may be. */
    static Optional<String> refusal(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("its name is a path");
        }
        if (name.codePoints().anyMatch(RemoteName::isUnprintable)) {
            return Optional.of("its name holds control characters");
        }
        if (name.indexOf('\uFFFD') >= 0) {
            return Optional.of("its name is not UTF-8");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("its name is longer than 255 bytes");
        }
        if (!FileNames.isSegment(name)) {
            return Optional.of(NOT_HERE);
        }
        return FileNames.isUnfinished(name)
                ? Optional.of("its name says that it is no finished update file")
                : Optional.empty();
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
