package io.filedrop.hubspot.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account of a run: {@code reports/<run>.json}. */
@RegisterForReflection
public final class Report {

    /** How a run stands. */
    public enum Status {
        COMPLETED,
        PARKED,
        REFUSED
    }

    private final Entry.Claimed claimed;
    private final Status status;
    private final String reason;
    private final Instant finishedAt;
    private final String version;

    private Entry.Opened opened = new Entry.Opened("", "", "", "", Instant.EPOCH, Map.of());
    private Entry.Calls calls = Entry.Calls.NONE;
    private final Map<Outcome.Kind, Long> counts = new EnumMap<>(Outcome.Kind.class);
    private final Map<String, Long> codes = new TreeMap<>();
    private long created;
    private long rows;

    /** {@code version} is that of the program that writes the report. */
    Report(
            Entry.Claimed claimed,
            Status status,
            String reason,
            Instant finishedAt,
            String version) {
        this.claimed = claimed;
        this.status = status;
        this.reason = reason;
        this.finishedAt = finishedAt;
        this.version = version;
    }

    void opened(Entry.Opened entry) {
        opened = entry;
    }

    void calls(Entry.Calls soFar) {
        calls = soFar;
    }

    void rows(long all) {
        rows = all;
    }

    void add(Outcome outcome) {
        counts.merge(outcome.kind(), 1L, Long::sum);
        created += outcome.created() ? 1 : 0;
        if (!outcome.reasons().isEmpty()) {
            outcome.reasons().stream()
                    .map(Reason::code)
                    .distinct()
                    .forEach(code -> codes.merge(code, 1L, Long::sum));
        }
    }

    void refusedWith(Reason because) {
        codes.merge(because.code(), 1L, Long::sum);
    }

    public Status status() {
        return status;
    }

    /** The error codes that stand in it. */
    public Set<String> codes() {
        return codes.keySet();
    }

    /** Name of the mapping, empty when the header named the properties. */
    public String mapping() {
        return opened.mapping();
    }

    public String reason() {
        return reason;
    }

    public Entry.Claimed claimed() {
        return claimed;
    }

    public long rows() {
        return rows;
    }

    public long count(Outcome.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Records that have no outcome yet; only of a parked run. */
    public long notSent() {
        return status == Status.PARKED ? rows - settled() : 0;
    }

    private long settled() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Every row of the file has exactly one outcome, or this is a bug, and one that must not pass.
     *
     * @throws CannotGoOn when the account does not close
     */
    void check() throws CannotGoOn {
        if (settled() + notSent() != rows || notSent() < 0) {
            throw new CannotGoOn(
                    ToMend.ACCOUNT_OPEN.of(
                            claimed.run(), Words.count(rows), Words.count(settled())));
        }
    }

    void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json = Json.factory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("run", claimed.run());
            json.writeStringField("file", claimed.file());
            json.writeStringField("source", claimed.source());
            json.writeStringField("sha256", opened.sha256());
            json.writeNumberField("bytes", claimed.bytes());
            json.writeStringField("status", status.name().toLowerCase(java.util.Locale.ROOT));
            json.writeStringField("reason", reason);
            json.writeStringField("mapping", opened.mapping());
            json.writeStringField("mappingSha256", opened.mappingSha256());
            json.writeStringField("repeatOf", opened.repeatOf());
            json.writeNumberField("rows", rows);
            json.writeNumberField("confirmed", count(Outcome.Kind.CONFIRMED));
            json.writeNumberField("unchanged", count(Outcome.Kind.UNCHANGED));
            json.writeNumberField("failed", count(Outcome.Kind.FAILED));
            json.writeNumberField("unknown", count(Outcome.Kind.UNKNOWN));
            json.writeNumberField("notSent", notSent());
            json.writeNumberField("created", created);
            json.writeNumberField("calls", calls.calls());
            json.writeNumberField("retries", calls.retries());
            json.writeNumberField("rateLimited", calls.rateLimited());
            json.writeStringField("startedAt", opened.startedAt().toString());
            json.writeStringField("finishedAt", finishedAt.toString());
            json.writeObjectFieldStart("codes");
            for (Map.Entry<String, Long> code : codes.entrySet()) {
                json.writeNumberField(code.getKey(), code.getValue());
            }
            json.writeEndObject();
            json.writeStringField("version", version);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
