package dev.countersign.web.json;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** {@code Content-Type: application/json} as Sentry's page has it: JSON is UTF-8, and has no charset to name. */
public class ContentTypeFilter {

    @ServerResponseFilter
    public void filter(ContainerResponseContext response) {
        if (response.hasEntity() && !MediaType.TEXT_PLAIN_TYPE.isCompatible(response.getMediaType())) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
