package io.filedrop.hubspot.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets Camel's file consumer see the files of the inbox that are ready. */
@Singleton
@Named("inbox")
@RegisterForReflection
public class InboxFilter implements GenericFileFilter<File> {

    private final Inbox inbox;

    @Inject
    public InboxFilter(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        java.nio.file.Path path = file.getFile().toPath().toAbsolutePath().normalize();
        return file.isDirectory() ? inbox.isSource(path) : inbox.look(path) == Inbox.State.READY;
    }
}
