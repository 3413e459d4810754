package io.filedrop.hubspot.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.apache.camel.quarkus.main.CamelMainApplication;

/** Starts the program, and gives it its exit code. */
@QuarkusMain
public final class Main {

    public static void main(String[] args) {
        Quarkus.run(
                CamelMainApplication.class, (code, fault) -> System.exit(ExitCode.of(code)), args);
    }
}
