package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.FileNames;
import io.filedrop.hubspot.run.Words;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a file that came through the page into the inbox: whole and durable, or not at all. */
@Singleton
public class DropField {

    /** Bytes of a name; file systems take 255, and the outcome files have longer names. */
    private static final int LONGEST = 200;

    private final DropSettings drop;
    private final DurableFiles files;

    @Inject
    public DropField(DropSettings drop, DurableFiles files) {
        this.drop = drop;
        this.files = files;
    }

    /** A name that cannot be taken; the message is a sentence for the person who dropped it. */
    public static final class NotTaken extends Exception {

        private static final long serialVersionUID = 1L;

        NotTaken(String message) {
            super(message);
        }
    }

    /**
     * Takes the file in under its name.
     *
     * @param name as the browser gives it
     * @throws NotTaken when the name cannot be used, or a file of that name waits already
     */
    public synchronized String take(String name, Path content) throws NotTaken, IOException {
        Optional<String> wrong = whatIsWrong(name, drop.marker());
        if (wrong.isPresent()) {
            throw new NotTaken(Words.name(name) + ": " + wrong.get());
        }
        Path target = drop.folders().inbox().resolve(name);
        try {
            files.create(target, out -> Files.copy(content, out));
        } catch (FileAlreadyExistsException e) {
            throw new NotTaken(
                    Words.name(name) + ": a file of this name waits in the inbox already.");
        }
        if (drop.marker().isPresent()) {
            files.replace(target.resolveSibling(name + drop.marker().get()), out -> {});
        }
        return name;
    }

    /** What is wrong with a name, in words, if anything. */
    static Optional<String> whatIsWrong(String name, Optional<String> marker) {
        if (name.isBlank()
                || !name.strip().equals(name)
                || !name.equals(Words.name(name))
                || name.matches(".*[/\\\\:*?\"|].*")) {
            return Optional.of("the name must be one plain file name without / \\ : * ? \" |.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("the name is longer than " + LONGEST + " bytes.");
        }
        if (FileNames.isUnfinished(name) || marker.filter(name::endsWith).isPresent()) {
            return Optional.of("files of this name are never taken; give it another one.");
        }
        return Optional.empty();
    }
}
