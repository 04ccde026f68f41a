package dev.countersign.web.json;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Filters responses: sets {@code Content-Type: application/json} without a charset, as Sentry does, because JSON is always
 * UTF-8.
 */
public class ContentTypeFilter {

    @ServerResponseFilter
    public void filter(ContainerResponseContext response) {
        if (response.hasEntity() && !MediaType.TEXT_PLAIN_TYPE.isCompatible(response.getMediaType())) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
