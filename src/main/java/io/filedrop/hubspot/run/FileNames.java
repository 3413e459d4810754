package io.filedrop.hubspot.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Names that people and programs give to files, and what is made of them. */
public final class FileNames {

    /** Leaves room for what is put behind a name, {@code .succeeded.csv} say, within 255 bytes. */
    private static final int LONGEST_BYTES = 200;

    /** The longest ending that is kept when a name is cut; it may say what kind of file it is. */
    private static final int LONGEST_ENDING = 20;

    /** Camel's file consumer passes over such files, so that their turn would never come. */
    private static final String CAMEL_LOCK = ".camelLock";

    private FileNames() {}

    /** Whether the name says that the file is not finished, or nobody's update file. */
    public static boolean isUnfinished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".")
                || name.startsWith("~$")
                || lower.endsWith(".part")
                || lower.endsWith(".tmp")
                || lower.endsWith(".filepart")
                || lower.equals("thumbs.db")
                || lower.equals("desktop.ini");
    }

    /**
     * The name under which a file of the inbox is kept: its own where that is harmless. Characters
     * that are no text, separate paths or begin an expression become {@code _}; a name that is too
     * long loses its middle. Never empty, never hidden, one path segment everywhere.
     */
    static String kept(Path file) {
        String cut = cut(harmless(decoded(file)));
        return isSegment(cut) ? cut : ascii(cut);
    }

    /**
     * The name of a file that has to go beside another of its name. It begins and ends as before,
     * since mappings and formats go by that; a packed file has two endings.
     *
     * @param run the run that it was claimed as
     */
    static String beside(String name, String run) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isPacked = lower.endsWith(".gz") || lower.endsWith(".zip");
        int packing = isPacked ? name.lastIndexOf('.') : name.length();
        int dot = name.lastIndexOf('.', packing - 1);
        int ending = dot > 0 ? dot : packing;
        return name.substring(0, ending) + "-" + run + name.substring(ending);
    }

    /** Whether this machine takes the name as it is, for one segment of a path. */
    public static boolean isSegment(String name) {
        try {
            Path path = Path.of(name);
            return path.getNameCount() == 1 && path.getFileName().toString().equals(name);
        } catch (InvalidPathException e) {
            // The platform's own encoding does not know these characters, or it forbids them.
            return false;
        }
    }

    /** The name's bytes read as UTF-8, whatever the platform's encoding is. */
    private static String decoded(Path file) {
        byte[] bytes = bytes(file);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return ascii(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] bytes(Path file) {
        // A path's URI holds the very bytes of a name that is no text to this platform.
        String uri = file.toUri().getRawPath();
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.writeBytes(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String harmless(String name) {
        StringBuilder kept = new StringBuilder();
        name.codePoints()
                .forEach(c -> kept.appendCodePoint(isHarmful(c, Character.getType(c)) ? '_' : c));
        String text = kept.toString().replace("${", "_{").replace("$simple{", "_simple{");
        if (text.endsWith(CAMEL_LOCK)) {
            text = text.substring(0, text.length() - CAMEL_LOCK.length()) + "_camelLock";
        }
        return text.startsWith(".") ? "_" + text.substring(1) : text;
    }

    private static boolean isHarmful(int c, int type) {
        return c == '/'
                || c == '\\'
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String cut(String name) {
        if (length(name) <= LONGEST_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 ? name.substring(dot) : "";
        ending = length(ending) <= LONGEST_ENDING ? ending : "";
        StringBuilder kept = new StringBuilder();
        int left = LONGEST_BYTES - length(ending) - 1;
        for (int c : name.codePoints().toArray()) {
            left -= length(Character.toString(c));
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept + "~" + ending;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String ascii(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "_");
    }
}
