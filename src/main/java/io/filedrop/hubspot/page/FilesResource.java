package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Fatal;
import io.filedrop.hubspot.run.Reports;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Files out of the folders, and into the inbox. Everything here needs a login. */
@Path("/")
@Blocking
@Authenticated
public class FilesResource {

    @Inject Reports reports;
    @Inject KeptFiles files;
    @Inject DropField field;
    @Inject Visitor visitor;
    @Inject DropSettings settings;
    @Inject Endings endings;

    /** The templates of {@code templates/FilesResource}. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance refused(Frame frame, String why, List<String> taken);
    }

    /** A file of a run, always to be saved, never to be shown. */
    @GET
    @Path("runs/{run}/{kind:failed|reasons|succeeded|report}")
    public Response download(@PathParam("run") String run, @PathParam("kind") String kind) {
        Optional<java.nio.file.Path> file =
                reports.of(run)
                        .flatMap(
                                of ->
                                        files.find(
                                                of,
                                                KeptFiles.Kind.valueOf(
                                                        kind.toUpperCase(Locale.ROOT))));
        if (file.isEmpty()) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        visitor.did("downloaded the " + kind + " file of run " + run);
        String name =
                URLEncoder.encode(file.get().getFileName().toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
        return Response.ok(file.get().toFile(), MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + name)
                .build();
    }

    /** Puts files into the inbox. */
    @POST
    @Path("inbox")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response drop(@RestForm("files") List<FileUpload> uploads) throws IOException {
        List<String> taken = new ArrayList<>();
        try {
            for (FileUpload upload : uploads == null ? List.<FileUpload>of() : uploads) {
                if (!upload.fileName().isEmpty()) {
                    taken.add(field.take(upload.fileName(), upload.uploadedFile()));
                    visitor.did("put " + upload.fileName() + " into the inbox");
                }
            }
        } catch (DropField.NotTaken e) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(visitor.say(Templates.refused(visitor.frame(), why(e), taken)))
                    .build();
        } catch (IOException e) {
            if (Fatal.isIn(e, settings.folders().directory())) {
                endings.mustEnd(e);
            }
            throw e;
        }
        return Response.seeOther(
                        UriBuilder.fromPath("/")
                                .queryParam("dropped", "{names}")
                                .build(String.join(", ", taken)))
                .build();
    }

    private String why(DropField.NotTaken refusal) {
        return Sentences.say(refusal.why(), visitor.locale());
    }
}
