package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.filedrop.hubspot.sftp.PickupListener;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Gathers what a program that runs once exits with. The highest code wins. */
@Singleton
public class ExitCode implements RunListener, PickupListener {

    /** Some records failed or are unknown, or a file was refused. */
    static final int SOME_FAILED = 2;

    /** Records were not sent; run it again to go on. */
    static final int NOT_SENT = 3;

    /** Signals end a program with 128 and their number. */
    private static final int SIGNALS = 128;

    // Static, because it is asked for when the application and its beans are gone.
    private static final AtomicInteger HIGHEST = new AtomicInteger();
    private static volatile boolean once;

    /** The program processes what is there, then exits. */
    void countsFromNow() {
        HIGHEST.set(0);
        once = true;
    }

    int highest() {
        return HIGHEST.get();
    }

    @Override
    public void reported(Run run, Report report) {
        boolean someFailed =
                report.count(Outcome.Kind.FAILED) + report.count(Outcome.Kind.UNKNOWN) > 0;
        switch (report.status()) {
            case PARKED -> raise(NOT_SENT);
            case REFUSED -> raise(SOME_FAILED);
            case COMPLETED -> raise(someFailed ? SOME_FAILED : 0);
        }
    }

    @Override
    public void setBack(String run) {
        raise(NOT_SENT);
    }

    /** The program ends, and files are left to be processed. */
    void leaves() {
        raise(NOT_SENT);
    }

    @Override
    public void missed(String source) {
        raise(NOT_SENT);
    }

    private static void raise(int code) {
        HIGHEST.accumulateAndGet(code, Math::max);
    }

    /** What to exit with, when the application ended with that code. */
    static int of(int code) {
        return once && code > SIGNALS ? Math.max(HIGHEST.get(), NOT_SENT) : code;
    }
}
