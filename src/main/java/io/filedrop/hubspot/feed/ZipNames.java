package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Words;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of a zip archive's entries. None is ever used as a path; one that could be is refused.
 */
final class ZipNames {

    private ZipNames() {}

    /** The name that those bytes are: UTF-8, or the code page of old (APPNOTE appendix D). */
    static String of(byte[] raw, boolean isUtf8) throws RefusedFile {
        String name = isUtf8 ? utf8(raw) : new String(raw, codePage());
        if (name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(0) >= 0
                || name.matches("(?s)[A-Za-z]:.*")
                || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw ZipDirectory.bad(
                    "the name of the entry "
                            + Words.name(Words.excerpt(name))
                            + " leads out of the archive");
        }
        return name;
    }

    private static String utf8(byte[] raw) throws RefusedFile {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            throw ZipDirectory.bad("the name of an entry is not the UTF-8 it is said to be");
        }
    }

    private static Charset codePage() {
        return Charset.isSupported("IBM437")
                ? Charset.forName("IBM437")
                : StandardCharsets.ISO_8859_1;
    }
}
