package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.DurableFiles;
import io.filedrop.hubspot.run.FileNames;
import io.filedrop.hubspot.run.Sentence;
import io.filedrop.hubspot.run.Storage;
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
    private final Storage storage;

    @Inject
    public DropField(DropSettings drop, DurableFiles files, Storage storage) {
        this.drop = drop;
        this.files = files;
        this.storage = storage;
    }

    /** Why a file is not taken. */
    public enum Fault implements Sentence.Phrase {
        NO_PLAIN_NAME("%1$s: the name must be one plain file name without / \\ : * ? \" |."),
        NOT_HERE(
                "%1$s: the machine that this program runs on cannot write the name; give the file"
                        + " one of plain letters and digits."),
        LONG_NAME("%1$s: the name is longer than %2$s bytes."),
        NEVER_TAKEN("%1$s: files of this name are never taken; give it another one."),
        THERE_ALREADY("%1$s: a file of this name waits in the inbox already."),
        NO_ROOM(
                "%1$s: its %2$s bytes do not fit on the disk here besides drop.reserve; whoever runs"
                        + " this program has to make room first.");

        private final String english;

        Fault(String english) {
            this.english = english;
        }

        @Override
        public String english() {
            return english;
        }
    }

    /** A file that cannot be taken; the sentence is for the person who dropped it. */
    public static final class NotTaken extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Sentence why;

        NotTaken(Sentence why) {
            super(why.toString());
            this.why = why;
        }

        Sentence why() {
            return why;
        }
    }

    /**
     * Takes the file in under its name.
     *
     * @param name as the browser gives it
     * @throws NotTaken when the name cannot be used, a file of that name waits already, or there is
     *     no room
     */
    public synchronized String take(String name, Path content) throws NotTaken, IOException {
        Optional<Fault> wrong = whatIsWrong(name, drop.marker());
        if (wrong.isPresent()) {
            throw new NotTaken(wrong.get().of(Words.name(name), LONGEST));
        }
        long bytes = Files.size(content);
        if (storage.roomInInbox() < bytes) {
            throw new NotTaken(Fault.NO_ROOM.of(Words.name(name), Words.count(bytes)));
        }
        Path target = drop.folders().inbox().resolve(name);
        try {
            files.create(target, out -> Files.copy(content, out));
        } catch (FileAlreadyExistsException e) {
            throw new NotTaken(Fault.THERE_ALREADY.of(Words.name(name)));
        }
        if (drop.marker().isPresent()) {
            files.replace(target.resolveSibling(name + drop.marker().get()), out -> {});
        }
        return name;
    }

    /** What is wrong with a name, if anything. */
    static Optional<Fault> whatIsWrong(String name, Optional<String> marker) {
        if (name.isBlank()
                || !name.strip().equals(name)
                || !name.equals(Words.name(name))
                || name.matches(".*[/\\\\:*?\"|].*")) {
            return Optional.of(Fault.NO_PLAIN_NAME);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of(Fault.LONG_NAME);
        }
        if (!FileNames.isSegment(name)) {
            return Optional.of(Fault.NOT_HERE);
        }
        if (FileNames.isUnfinished(name) || marker.filter(name::endsWith).isPresent()) {
            return Optional.of(Fault.NEVER_TAKEN);
        }
        return Optional.empty();
    }
}
