package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Code;
import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the bytes of a text file are characters: by its byte order mark, else as declared, else
 * UTF-8. What contradicts itself is refused.
 *
 * @param mark length of the byte order mark, in bytes
 */
record TextEncoding(Charset charset, int mark) {

    /** As many bytes tell what a file is. */
    private static final int START = 512;

    private static final String DELIMITERS = ",;\t|\"'\r\n^~#<>";

    /**
     * @param declared what the mapping says, if anything
     */
    static TextEncoding of(Path file, Optional<String> declared) throws IOException, RefusedFile {
        byte[] start = start(file);
        requireText(start);
        Optional<Charset> said = declared.map(TextEncoding::named);
        TextEncoding marked = marked(start);
        if (marked != null) {
            if (said.isPresent() && !agree(said.get(), marked.charset)) {
                throw refused(
                        "the byte order mark says "
                                + marked.charset
                                + ", but the mapping says "
                                + said.get());
            }
            return marked;
        }
        int zeros = 0;
        int first = 0;
        for (int i = 0; i < start.length; i++) {
            zeros += start[i] == 0 ? 1 : 0;
            first += start[i] == 0 && i % 2 == 0 ? 1 : 0;
        }
        boolean wide = said.isPresent() && isWide(said.get());
        // Of plain text in UTF-16 every other byte; a stray one is a matter of its record.
        if (!wide && zeros > start.length / 4) {
            throw refused(
                    "the file looks like "
                            + (first > zeros / 2 ? "UTF-16BE" : "UTF-16LE")
                            + " without a byte order mark, or is no text at all; write it in"
                            + " UTF-8");
        }
        Charset charset = said.orElse(StandardCharsets.UTF_8);
        return new TextEncoding(
                charset.equals(StandardCharsets.UTF_16) ? StandardCharsets.UTF_16BE : charset, 0);
    }

    /** The charset of that name, if text files can be read in it. */
    static Charset named(String name) {
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("there is no encoding " + Words.excerpt(name), e);
        }
        boolean oneByte =
                charset.canEncode()
                        && charset.newEncoder().maxBytesPerChar() == 1
                        && DELIMITERS.equals(
                                new String(
                                        DELIMITERS.getBytes(charset), StandardCharsets.US_ASCII));
        if (!oneByte && !isWide(charset) && !charset.equals(StandardCharsets.UTF_8)) {
            throw new IllegalArgumentException(
                    "the encoding "
                            + charset
                            + " cannot be read; UTF-8, UTF-16 and those with one byte for each"
                            + " character can");
        }
        return charset;
    }

    /** The first bytes of a file. */
    static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(START);
        }
    }

    /** Refuses what only has the name of a text file. */
    static void requireText(byte[] start) throws RefusedFile {
        String found = null;
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6)) {
            found = "a zip archive or a workbook";
        } else if (startsWith(start, 0x1F, 0x8B)) {
            found = "packed with gzip";
        } else if (startsWith(start, '%', 'P', 'D', 'F')) {
            found = "a PDF document";
        } else if (startsWith(start, 0xD0, 0xCF, 0x11, 0xE0)) {
            found = "an old Office document";
        }
        if (found != null) {
            throw new RefusedFile(
                    Reason.of(
                            Code.UNKNOWN_FORMAT,
                            "By its name this is a text file, but its content is " + found + "."));
        }
    }

    private static TextEncoding marked(byte[] start) throws RefusedFile {
        if (startsWith(start, 0xFF, 0xFE, 0, 0) || startsWith(start, 0, 0, 0xFE, 0xFF)) {
            throw refused("the file is in UTF-32; write it in UTF-8");
        }
        if (startsWith(start, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (startsWith(start, 0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        return startsWith(start, 0xEF, 0xBB, 0xBF)
                ? new TextEncoding(StandardCharsets.UTF_8, 3)
                : null;
    }

    static boolean startsWith(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(Charset said, Charset marked) {
        return said.equals(marked) || said.equals(StandardCharsets.UTF_16) && isWide(marked);
    }

    private static boolean isWide(Charset charset) {
        return charset.equals(StandardCharsets.UTF_16)
                || charset.equals(StandardCharsets.UTF_16LE)
                || charset.equals(StandardCharsets.UTF_16BE);
    }

    static RefusedFile refused(String what) {
        return new RefusedFile(Reason.of(Code.WRONG_ENCODING, "Line 1, byte 0: " + what + "."));
    }

    /** Bytes of one unit, in which all that separates fields is one unit: 1, or 2 for UTF-16. */
    int unit() {
        return isWide(charset) ? 2 : 1;
    }

    boolean isBigEndian() {
        return charset.equals(StandardCharsets.UTF_16BE);
    }

    /**
     * Units, of which each was taken as one character, as text.
     *
     * @throws CharacterCodingException when they are no text in this encoding
     */
    String decode(String units, CharsetDecoder decoder) throws CharacterCodingException {
        if (unit() == 1) {
            return decoder.decode(ByteBuffer.wrap(units.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        }
        if (hasHalfPair(units)) {
            throw new CharacterCodingException();
        }
        return units;
    }

    /** Whether half of a surrogate pair stands alone, which no encoding can carry on. */
    static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
