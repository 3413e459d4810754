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
    private final SecurityIdentity identity;
    private final OidcSession session;
    private final boolean canLogIn;

    @Inject
    public Visitor(
            HttpHeaders headers,
            SecurityIdentity identity,
            OidcSession session,
            Users users,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean provider) {
        this.headers = headers;
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
                isInSession());
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
