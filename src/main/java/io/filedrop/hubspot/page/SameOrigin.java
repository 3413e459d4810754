package io.filedrop.hubspot.page;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;

/**
 * Refuses a change that another site asks a logged-in browser for. Browsers say where a request
 * comes from, by {@code Sec-Fetch-Site} or {@code Origin}; what says neither is no browser, and
 * nobody can make it send a login that it was not given.
 */
@Provider
@PreMatching
public class SameOrigin implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public void filter(ContainerRequestContext request) {
        if (!SAFE.contains(request.getMethod())
                && !isOurs(
                        request.getHeaderString("Sec-Fetch-Site"),
                        request.getHeaderString("Origin"),
                        request.getHeaderString("Host"))) {
            request.abortWith(
                    Response.status(Response.Status.FORBIDDEN)
                            .type("text/plain")
                            .entity("This request was made by another site.\n")
                            .build());
        }
    }

    /** Each header as received, or null. */
    static boolean isOurs(String fetchSite, String origin, String host) {
        if (fetchSite != null) {
            return fetchSite.equals("same-origin") || fetchSite.equals("none");
        }
        if (origin == null) {
            return true;
        }
        try {
            return URI.create(origin).getAuthority() != null
                    && URI.create(origin).getAuthority().equals(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
