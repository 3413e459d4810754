package io.filedrop.hubspot.ops;

import io.filedrop.hubspot.feed.Feed;
import io.filedrop.hubspot.feed.Formats;
import io.filedrop.hubspot.feed.Layout;
import io.filedrop.hubspot.feed.Record;
import io.filedrop.hubspot.feed.RefusedFile;
import io.filedrop.hubspot.hubspot.HubSpotSettings;
import io.filedrop.hubspot.mapping.Mapper;
import io.filedrop.hubspot.mapping.Mapping;
import io.filedrop.hubspot.mapping.MappingSteps;
import io.filedrop.hubspot.mapping.Mappings;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Words;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.quarkus.core.CamelRuntime;

/**
 * The command {@code check <file> [<source>]}: maps and checks a file wherever it lies, shows what
 * would become of it, and sends nothing. It asks HubSpot for the property definitions, if there are
 * credentials to do so.
 */
public class CheckCommand implements QuarkusApplication {

    private final HubSpotSettings hubspot;
    private final DropSettings drop;
    private final Formats formats;
    private final Mappings mappings;
    private final MappingSteps mapping;
    private final CamelRuntime camel;
    private final CamelContext context;

    @Inject
    public CheckCommand(
            HubSpotSettings hubspot,
            DropSettings drop,
            Formats formats,
            Mappings mappings,
            MappingSteps mapping,
            CamelRuntime camel,
            CamelContext context) {
        this.hubspot = hubspot;
        this.drop = drop;
        this.formats = formats;
        this.mappings = mappings;
        this.mapping = mapping;
        this.camel = camel;
        this.context = context;
    }

    @Override
    public int run(String... arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length < 2 || arguments.length > 3) {
            out.println(Command.USAGE);
            return ExitCode.SOME_FAILED;
        }
        Path file = Path.of(arguments[1]).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            out.println(Words.name(file) + " is not a file.");
            return ExitCode.SOME_FAILED;
        }
        askForDefinitions(out);
        try {
            return check(file, arguments.length > 2 ? arguments[2] : sourceOf(file), out);
        } catch (IOException e) {
            out.println(Words.name(file) + " cannot be read: " + Words.name(e.toString()));
            return ExitCode.SOME_FAILED;
        }
    }

    private void askForDefinitions(PrintStream out) {
        if (hubspot.credentials() == null) {
            out.println(
                    "No credentials are set, so names and values are not checked by the portal's"
                            + " property definitions.");
            return;
        }
        camel.start(new String[0]);
        try (ProducerTemplate producer = context.createProducerTemplate()) {
            producer.sendBody("direct:property-definitions", null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The folder of the inbox that the file lies in, if it lies in one. */
    private String sourceOf(Path file) {
        Path folder = file.getParent();
        return drop.folders().inbox().equals(folder.getParent())
                ? folder.getFileName().toString()
                : "";
    }

    private int check(Path file, String source, PrintStream out) throws IOException {
        String name = file.getFileName().toString();
        try {
            Optional<Mapping> own = mappings.forFile(name);
            try (Feed feed = formats.open(file, own.map(Mapping::layout).orElse(Layout.UNSAID))) {
                Mapping fitting = mapping.mappingFor(own, feed.columns());
                Mapper mapper = mapping.fit(fitting, source, feed.columns());
                Findings findings = new Findings();
                Record record;
                while ((record = feed.next()) != null) {
                    findings.add(mapper.map(record));
                }
                findings.show(Words.name(name), own.map(Mapping::name).orElse(""), out);
                return findings.failed() > 0 ? ExitCode.SOME_FAILED : 0;
            }
        } catch (RefusedFile e) {
            out.println(
                    Words.name(name)
                            + " would be refused: "
                            + e.reason().code()
                            + ". "
                            + Words.name(e.reason().message()));
            return ExitCode.SOME_FAILED;
        }
    }
}
