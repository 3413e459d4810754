package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.batch.Batch;
import io.filedrop.hubspot.hubspot.BatchListener;
import io.filedrop.hubspot.run.Outcome;
import io.filedrop.hubspot.run.Report;
import io.filedrop.hubspot.run.Run;
import io.filedrop.hubspot.run.RunListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One trace per run, and in it a span per batch that tells HubSpot's correlation ids. Does nothing
 * as long as no collector is configured.
 */
@Singleton
public class Traces implements RunListener, BatchListener {

    private static final AttributeKey<String> CORRELATION_ID =
            AttributeKey.stringKey("hubspot.correlation_id");
    private static final AttributeKey<String> STATUS =
            AttributeKey.stringKey("http.response.status_code");

    private final Tracer tracer;
    private final boolean isOff;
    private final Map<String, Span> runs = new ConcurrentHashMap<>();
    private final Map<String, Span> batches = new ConcurrentHashMap<>();

    /** {@code isOff}: without it spans would be made all the same, for nobody. */
    @Inject
    public Traces(
            Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isOff) {
        this.tracer = tracer;
        this.isOff = isOff;
    }

    @Override
    public void opened(Run run) {
        if (isOff) {
            return;
        }
        Span span =
                tracer.spanBuilder("run")
                        .setNoParent()
                        .setAttribute("filedrop.run", run.id())
                        .startSpan();
        if (span.isRecording()) {
            runs.put(run.id(), span);
        }
    }

    @Override
    public void begun(Run run, Batch batch) {
        Span parent = runs.get(run.id());
        if (parent != null) {
            batches.put(
                    key(run, batch),
                    tracer.spanBuilder("batch")
                            .setParent(Context.root().with(parent))
                            .setAttribute("filedrop.run", run.id())
                            .setAttribute("filedrop.batch", batch.number())
                            .setAttribute("filedrop.inputs", batch.inputs().size())
                            .startSpan());
        }
    }

    @Override
    public void attempted(Run run, Batch batch, Attempt attempt) {
        Span span = batches.get(key(run, batch));
        if (span != null) {
            span.addEvent(
                    attempt.endpoint(),
                    Attributes.of(
                            STATUS, attempt.status(), CORRELATION_ID, attempt.correlationId()));
            span.setAttribute(CORRELATION_ID, attempt.correlationId());
        }
    }

    @Override
    public void ended(Run run, Batch batch, Duration took) {
        Span span = batches.remove(key(run, batch));
        if (span != null) {
            span.end();
        }
    }

    @Override
    public void reported(Run run, Report report) {
        Span span = runs.remove(run.id());
        if (span == null) {
            return;
        }
        span.setAttribute("filedrop.status", report.status().name().toLowerCase(Locale.ROOT));
        span.setAttribute("filedrop.rows", report.rows());
        span.setAttribute("filedrop.failed", report.count(Outcome.Kind.FAILED));
        if (report.status() != Report.Status.COMPLETED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public void setBack(String run) {
        Span span = runs.remove(run);
        if (span != null) {
            span.setStatus(StatusCode.ERROR);
            span.end();
        }
    }

    private static String key(Run run, Batch batch) {
        return run.id() + "/" + batch.number();
    }
}
