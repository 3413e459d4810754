package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets Camel's file consumer see the claimed files that may be processed now. */
@Singleton
@Named("turn")
@RegisterForReflection
public class TurnFilter implements GenericFileFilter<File> {

    private final RunSteps runs;

    @Inject
    public TurnFilter(RunSteps runs) {
        this.runs = runs;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        try {
            return file.isDirectory() || runs.isTurn(file.getFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
