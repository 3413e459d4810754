package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.apache.camel.quarkus.main.CamelMainApplication;

/** Starts the program, or its command {@code check}, and gives it its exit code. */
@QuarkusMain
public final class Main {

    public static void main(String[] args) {
        if (Command.isMistaken(args)) {
            // Who mistypes a look at a file must not get it sent.
            System.err.println(Words.name(args[0]) + " is no command; nothing was started.");
            System.err.println(Command.USAGE);
            System.exit(ExitCode.NOT_STARTED);
        } else if (Command.isCheck(args)) {
            // A look at one file needs no port, and what it shows goes alone to the standard
            // output.
            System.setProperty("quarkus.http.host-enabled", "false");
            System.setProperty("quarkus.log.console.stderr", "true");
            Quarkus.run(CheckCommand.class, Main::exit, args);
        } else {
            Quarkus.run(CamelMainApplication.class, Main::exit, args);
        }
    }

    /** Quarkus leaves it to its caller to say why a start failed. Its logging has ended by then. */
    private static void exit(int code, Throwable fault) {
        if (fault != null) {
            Throwable cause = fault;
            while (!(cause instanceof ConfigurationException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof ConfigurationException) {
                System.err.println(cause.getMessage());
            } else {
                fault.printStackTrace();
            }
        }
        ExitCode.applicationEnded(isToldToEnd());
        System.exit(code);
    }

    /** Whether a signal is ending the program, and not the program itself. */
    private static boolean isToldToEnd() {
        try {
            Thread none = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
