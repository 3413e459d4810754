package io.filedrop.hubspot.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An instance, as it stands in a lease: a line of fixed length, so that it is written over in
 * place.
 *
 * @param name for people
 * @param machine what tells apart the machines, and the process spaces of one, whose process
 *     numbers can be compared; empty where that is not known
 * @param process its number there
 * @param started when the process began, in ticks since the machine did; a number may be given
 *     again
 */
public record Holder(String name, String machine, long process, long started) {

    private static final int LENGTH = 250;
    private static final String ENDED = "ended";

    /** This process. */
    public static Holder ofThisProcess() {
        long process = ProcessHandle.current().pid();
        return new Holder(
                host() + " process " + process, machineOfThisProcess(), process, startOf(process));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private static String machineOfThisProcess() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot + space.replaceAll("[^0-9]", "");
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * As the kernel counts it: a start by the calendar would move when the clock is set. 0 when
     * there is no such process, or nothing of it but its end.
     */
    private static long startOf(long process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].matches("[ZX]") ? 0 : Long.parseLong(fields[19]);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the lease holds at that beat. */
    String line(long beat) {
        return padded(beat + "\t" + machine + "\t" + process + "\t" + started + "\t" + name);
    }

    /** What the lease holds when this instance has ended. */
    String lastLine() {
        return padded(ENDED + "\t\t0\t0\t" + name);
    }

    private static String padded(String line) {
        return "%-249s\n".formatted(line.substring(0, Math.min(line.length(), LENGTH - 1)));
    }

    static boolean hasEnded(String line) {
        return line.startsWith(ENDED + "\t");
    }

    static String nameIn(String line) {
        return line.substring(line.lastIndexOf('\t') + 1).strip();
    }

    /** Whether it is certain that the instance in that line is no process any more. */
    boolean knowsIsDead(String line) {
        String[] parts = line.strip().split("\t");
        if (machine.isEmpty() || parts.length != 5 || !parts[1].equals(machine)) {
            return false;
        }
        return startOf(Long.parseLong(parts[2])) != Long.parseLong(parts[3]);
    }
}
