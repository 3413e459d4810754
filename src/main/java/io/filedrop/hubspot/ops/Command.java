package io.filedrop.hubspot.ops;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What the program was started for. */
@Singleton
public class Command {

    private static final String CHECK = "check";

    private final boolean check;

    @Inject
    public Command(@CommandLineArguments String[] arguments) {
        this.check = isCheck(arguments);
    }

    /** Whether it only looks at one file, and leaves the folders and HubSpot's listings alone. */
    boolean isCheck() {
        return check;
    }

    static boolean isCheck(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(CHECK);
    }
}
