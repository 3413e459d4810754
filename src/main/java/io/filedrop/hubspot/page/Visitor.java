package io.filedrop.hubspot.page;

import io.filedrop.hubspot.run.Words;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who asks for a page, and in which language that person reads. */
@RequestScoped
public class Visitor {

    private static final Logger LOG = Logger.getLogger(Visitor.class);

    /** The cookie that a person's choice of a language is kept in. */
    static final String LANGUAGE = "language";

    private final HttpHeaders headers;
    private final UriInfo uri;
    private final Request request;
    private final SecurityIdentity identity;
    private final OidcSession session;
    private final boolean canLogIn;

    @Inject
    public Visitor(
            HttpHeaders headers,
            UriInfo uri,
            Request request,
            SecurityIdentity identity,
            OidcSession session,
            Users users,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean provider) {
        this.headers = headers;
        this.uri = uri;
        this.request = request;
        this.identity = identity;
        this.session = session;
        this.canLogIn = provider || users.areThere();
    }

    /** What every page needs of this person. */
    public Frame frame() {
        return new Frame(
                locale().getLanguage(),
                identity.isAnonymous() ? "" : identity.getPrincipal().getName(),
                canLogIn,
                isInSession(),
                URLEncoder.encode(here(), StandardCharsets.UTF_8));
    }

    /** The page that is asked for; the first one for what is no page, because it is posted. */
    private String here() {
        URI asked = uri.getRequestUri();
        if (!request.getMethod().equals("GET")) {
            return "/";
        }
        return asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
    }

    /**
     * A page of ours to show next, by its path and query.
     *
     * @param page as it came with the request; whatever could be anywhere else is the first page
     */
    static URI next(String page) {
        try {
            URI next = new URI(page);
            boolean isOurs = next.getScheme() == null && next.getRawAuthority() == null;
            return isOurs && page.startsWith("/") && !page.startsWith("//")
                    ? next
                    : URI.create("/");
        } catch (URISyntaxException e) {
            return URI.create("/");
        }
    }

    /** The language that was chosen here, else the browser's. */
    public Locale locale() {
        Cookie chosen = headers.getCookies().get(LANGUAGE);
        return Languages.choose(
                chosen == null ? "" : chosen.getValue(), headers.getAcceptableLanguages());
    }

    /** A template in that language. */
    public TemplateInstance say(TemplateInstance template) {
        return template.setLocale(locale());
    }

    /** Ends the session that a provider's login began, if there is one. */
    public void logOut() {
        if (isInSession()) {
            session.logout().await().indefinitely();
        }
    }

    /**
     * Leaves a line in the log on who did what.
     *
     * @param what without a value of any record
     */
    public void did(String what) {
        LOG.infof("%s %s.", Words.name(frame().user()), Words.name(what));
    }

    private boolean isInSession() {
        return identity.getCredential(IdTokenCredential.class) != null;
    }
}
