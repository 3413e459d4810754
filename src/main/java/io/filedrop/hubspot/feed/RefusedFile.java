package io.filedrop.hubspot.feed;

import io.filedrop.hubspot.run.Reason;
import io.filedrop.hubspot.run.Refusal;

/** An update file that cannot be used at all. It goes whole to {@code failed/}, with the reason. */
public class RefusedFile extends Exception implements Refusal {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    public RefusedFile(Reason reason) {
        super(reason.message());
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }
}
