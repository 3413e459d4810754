package io.filedrop.hubspot.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies in a folder: all of it, or a fault that says why not. */
public final class FolderContents {

    private FolderContents() {}

    /** Everything, in no order. */
    public static List<Path> of(Path folder) throws IOException {
        return of(folder, "*");
    }

    /** What has a name of that pattern, in no order. */
    public static List<Path> of(Path folder, String names) throws IOException {
        List<Path> contents = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            entries.forEach(contents::add);
        } catch (DirectoryIteratorException e) {
            // A share can fail in the middle, where an iterator throws nothing else.
            throw e.getCause();
        }
        return contents;
    }
}
