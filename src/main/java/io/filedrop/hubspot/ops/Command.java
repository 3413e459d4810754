package io.filedrop.hubspot.ops;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What the program was started for. */
@Singleton
public class Command {

    /** How the command that there is is given. */
    static final String USAGE =
            "usage: check <file> [<source>], the folder of the inbox it would come from";

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

    /** Whether it is told something that it does not know; options are Camel's. */
    static boolean isMistaken(String[] arguments) {
        return arguments.length > 0 && !isCheck(arguments) && !arguments[0].startsWith("-");
    }
}
