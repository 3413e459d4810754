package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.filedrop.hubspot.run.Words;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Gathers what a program that runs once exits with. The highest code wins. */
@Singleton
public class ExitCode implements RunListener, Endings {

    /** Told or configured wrongly; nothing was sent. */
    static final int NOT_STARTED = 1;

    /** Some records failed or are unknown, or a file was refused. */
    static final int SOME_FAILED = 2;

    /** Records were not sent; run it again to go on. */
    static final int NOT_SENT = 3;

    private static final String END =
            "The disk does not keep what is written, or the memory is used up. The program ends, and"
                    + " the next start goes on from what is there.";

    private static final Logger LOG = Logger.getLogger(ExitCode.class);

    // Static, because it is asked for when the application and its beans are gone.
    private static final AtomicInteger HIGHEST = new AtomicInteger();
    private static final CountDownLatch APPLICATION_ENDED = new CountDownLatch(1);
    private static volatile boolean once;
    private static volatile boolean toldToEnd;

    /** Longer than Camel waits for what is under way, camel.main.shutdown-timeout. */
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    ExitCode(DropSettings drop) {
        HIGHEST.set(0);
        if (drop.once() && !once) {
            once = true;
            Thread exit = new Thread(ExitCode::exitAsTold, "exit-code");
            Runtime.getRuntime().addShutdownHook(exit);
        }
    }

    int highest() {
        return HIGHEST.get();
    }

    @Override
    public void reported(Run run, Report report) {
        reported(report);
    }

    @Override
    public void reported(Report report) {
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
        setBack();
    }

    @Override
    public void setBack() {
        raise(NOT_SENT);
    }

    /** The program ends, and files are left to be processed. */
    void leaves() {
        raise(NOT_SENT);
    }

    @Override
    public void mustEnd(Throwable fault) {
        try {
            LOG.fatal(END, fault);
            // Early in a start nothing is logged yet, and nothing will be.
            System.err.println(END + " " + Words.name(fault.toString()));
        } finally {
            // Not in an orderly way: that would write more, and believe it.
            Runtime.getRuntime().halt(NOT_SENT);
        }
    }

    /**
     * A thread that ends for want of memory ends the program: without it the others wait for ever.
     * To be called when the framework has set its own handler.
     */
    static void watchThreads() {
        Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> {
                    if (fault instanceof OutOfMemoryError) {
                        // At once: a word would need memory.
                        Runtime.getRuntime().halt(NOT_SENT);
                    }
                    if (others != null) {
                        others.uncaughtException(thread, fault);
                    }
                });
    }

    private static void raise(int code) {
        HIGHEST.accumulateAndGet(code, Math::max);
    }

    /** The application and its beans are gone; {@code bySignal}: because a signal said so. */
    static void applicationEnded(boolean bySignal) {
        toldToEnd = bySignal;
        APPLICATION_ENDED.countDown();
    }

    /** The code of the signal would stand, if this did not end the program first. */
    private static void exitAsTold() {
        try {
            boolean ended = APPLICATION_ENDED.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || toldToEnd) {
                Runtime.getRuntime().halt(Math.max(HIGHEST.get(), NOT_SENT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
