package io.filedrop.hubspot.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One SFTP server that files are picked up from, as the settings under {@code drop.sftp.<source>.}
 * describe it.
 *
 * @param name the source; its files go into {@code inbox/<name>/}
 * @param directory where the files lie; relative to the login's home, or absolute
 * @param doneDirectory where a file is moved to once it is safe here
 * @param resultsDirectory where reports and failed files are sent back to
 * @param pollInterval the time between two visits
 */
public record SftpSource(
        String name,
        String host,
        int port,
        Login login,
        Path knownHosts,
        String directory,
        String doneDirectory,
        Optional<String> resultsDirectory,
        Duration pollInterval) {

    /**
     * Who we are there. Secrets are only ever in files, and read anew for each visit, so that a new
     * one needs no restart.
     */
    public record Login(
            String username,
            Optional<Path> privateKey,
            Optional<Path> passphrase,
            Optional<Path> password) {}

    /** As people write it, {@code sftp.example.com:22}. */
    public String address() {
        return host + ":" + port;
    }

    /** What a secret's file holds, without the end of its line. */
    public static byte[] secret(Path file) throws IOException {
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(Files.readAllBytes(file)));
        int end = text.length();
        while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
            end--;
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.subSequence(0, end));
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }
}
