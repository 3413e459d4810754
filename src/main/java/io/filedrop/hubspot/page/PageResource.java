package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.Reports;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page for people. Without a login it shows names and counts only: whatever could be a value of
 * a record, or lets somebody change something, needs one.
 */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PageResource {

    private static final int RUNS_SHOWN = 50;

    @Inject Now now;
    @Inject Reports reports;
    @Inject KeptFiles files;
    @Inject LookUp lookUp;
    @Inject Visitor visitor;

    /** The templates of {@code templates/PageResource}. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance index(
                Frame frame, Now.View now, RunList list, String dropped);

        static native TemplateInstance index$now(Now.View now);

        static native TemplateInstance index$runs(RunList list);

        static native TemplateInstance run(
                Frame frame, RunView run, List<ReasonGroups.Group> groups, List<Download> files);

        static native TemplateInstance listing(Frame frame, String id, LookUp.Found found);

        static native TemplateInstance message(Frame frame);
    }

    /**
     * The runs that are shown, and how they were asked for.
     *
     * @param from the id of the first run that is shown, empty for the newest
     * @param before the id of the run that is the first of the older ones, or empty
     * @param any whether there are runs at all
     */
    public record RunList(
            List<RunView> runs,
            String search,
            String state,
            String from,
            String before,
            boolean any) {

        /** Where the older runs are. */
        public String older() {
            return UriBuilder.fromPath("/")
                    .queryParam("before", "{before}")
                    .queryParam("q", "{search}")
                    .queryParam("state", "{state}")
                    .build(before, search, state)
                    .toString();
        }
    }

    /** A file of a run that can be downloaded. */
    public record Download(String kind) {}

    /** The page. */
    @GET
    public TemplateInstance index(
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("dropped") @DefaultValue("") String dropped)
            throws IOException {
        return visitor.say(
                Templates.index(visitor.frame(), now(), list(search, state, before), dropped));
    }

    /** What goes on, for the page to replace. */
    @GET
    @Path("fragments/now")
    public TemplateInstance nowFragment() throws IOException {
        return visitor.say(Templates.index$now(now()));
    }

    /** The runs, for the page to replace. */
    @GET
    @Path("fragments/runs")
    public TemplateInstance runsFragment(
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("state") @DefaultValue("") String state,
            @QueryParam("before") @DefaultValue("") String before) {
        return visitor.say(Templates.index$runs(list(search, state, before)));
    }

    /** One run: counts for everybody, reasons and files for those who are logged in. */
    @GET
    @Path("runs/{run}")
    public Response run(@PathParam("run") String id) throws IOException {
        Optional<Reports.Summary> found = reports.of(id);
        Frame frame = visitor.frame();
        if (found.isEmpty()) {
            return Response.status(Response.Status.NOT_FOUND)
                    .entity(visitor.say(Templates.message(frame)))
                    .build();
        }
        Reports.Summary run = found.get();
        if (frame.trusted()) {
            visitor.did("looked at run " + run.run() + " on the page");
        }
        Optional<java.nio.file.Path> reasons = files.find(run, KeptFiles.Kind.REASONS);
        List<ReasonGroups.Group> groups =
                frame.trusted() && reasons.isPresent()
                        ? ReasonGroups.of(reasons.get(), visitor.locale())
                        : List.of();
        List<Download> downloads =
                List.of(KeptFiles.Kind.values()).stream()
                        .filter(kind -> frame.trusted() && files.find(run, kind).isPresent())
                        .map(kind -> new Download(kind.name().toLowerCase(Locale.ROOT)))
                        .toList();
        return Response.ok(
                        visitor.say(
                                Templates.run(
                                        frame,
                                        RunView.of(run, frame.trusted(), visitor.locale()),
                                        groups,
                                        downloads)))
                .build();
    }

    /** What happened to one listing. */
    @GET
    @Path("listing")
    @Authenticated
    public TemplateInstance listing(@QueryParam("id") @DefaultValue("") String id)
            throws IOException, InterruptedException {
        String listing = id.strip();
        if (!listing.isEmpty()) {
            // Which one is a value that stands in files, so it is not for a log.
            visitor.did("looked a listing up on the page");
        }
        LookUp.Found found =
                listing.isEmpty() ? new LookUp.Found(List.of(), 0, true) : lookUp.listing(listing);
        return visitor.say(Templates.listing(visitor.frame(), listing, found));
    }

    /** Asks the browser for a login, and goes back to the page. */
    @GET
    @Path("login")
    @Authenticated
    public Response login() {
        return Response.seeOther(URI.create("/")).build();
    }

    /**
     * Forgets who is logged in by a provider; a browser that gave a password goes on giving it
     * until it is closed.
     */
    @POST
    @Path("logout")
    public Response logout() {
        visitor.logOut();
        return Response.seeOther(URI.create("/")).build();
    }

    /** Chooses the language, and shows the page again that it was chosen on. */
    @GET
    @Path("language/{language}")
    public Response language(
            @PathParam("language") String language,
            @QueryParam("next") @DefaultValue("/") String next) {
        return Response.seeOther(Visitor.next(next))
                .cookie(
                        new NewCookie.Builder(Visitor.LANGUAGE)
                                .value(Languages.has(language) ? language : "")
                                .path("/")
                                .maxAge(365 * 24 * 3600)
                                .httpOnly(true)
                                .sameSite(NewCookie.SameSite.STRICT)
                                .build())
                .build();
    }

    private Now.View now() throws IOException {
        return now.look(visitor.locale(), visitor.frame().trusted());
    }

    private RunList list(String search, String state, String before) {
        List<Reports.Summary> all = reports.newest(Integer.MAX_VALUE);
        List<Reports.Summary> wanted =
                all.stream()
                        .filter(run -> before.isEmpty() || run.run().compareTo(before) <= 0)
                        .filter(RunView.wanted(search, state))
                        .limit(RUNS_SHOWN + 1L)
                        .toList();
        return new RunList(
                wanted.stream()
                        .limit(RUNS_SHOWN)
                        .map(run -> RunView.of(run, false, visitor.locale()))
                        .toList(),
                search,
                state,
                before,
                wanted.size() > RUNS_SHOWN ? wanted.get(RUNS_SHOWN).run() : "",
                !all.isEmpty());
    }
}
