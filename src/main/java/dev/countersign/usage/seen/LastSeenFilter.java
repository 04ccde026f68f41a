package dev.countersign.usage.seen;

import dev.countersign.projectkey.ProjectKeyResponse;
import dev.countersign.web.paging.QueryParameters;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Filters responses: adds {@code lastSeen} to the client keys of an answer if the request has {@code ?expand=usage}, with one
 * statement for all of them. A filter, so that every operation that answers client keys has this parameter. Other answers are
 * not held up.
 */
@Provider
public class LastSeenFilter implements ResteasyReactiveContainerResponseFilter {

    private final LastSeenRepository repository;

    LastSeenFilter(LastSeenRepository repository) {
        this.repository = repository;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        List<ProjectKeyResponse> keys =
                isWanted(request, response.getEntity()) ? keys(response.getEntity()) : List.of();
        if (keys.isEmpty()) {
            return;
        }
        request.suspend();
        repository
                .find(keys.stream().map(ProjectKeyResponse::id).toList())
                .subscribe()
                .with(
                        seen -> {
                            response.setEntity(shown(response.getEntity(), keys, seen));
                            request.resume();
                        },
                        request::resume);
    }

    private static boolean isWanted(ContainerRequestContext request, @Nullable Object entity) {
        return (entity instanceof ProjectKeyResponse || entity instanceof List<?>)
                && QueryParameters.of(request.getUriInfo()).all("expand").contains("usage");
    }

    private static List<ProjectKeyResponse> keys(@Nullable Object entity) {
        return (entity instanceof List<?> list ? list.stream() : Stream.of(entity))
                .filter(ProjectKeyResponse.class::isInstance)
                .map(ProjectKeyResponse.class::cast)
                .toList();
    }

    private static Object shown(Object entity, List<ProjectKeyResponse> keys, Map<String, Instant> seen) {
        List<ProjectKeyResponse> shown =
                keys.stream().map(key -> key.withLastSeen(seen.get(key.id()))).toList();
        return entity instanceof List<?> ? shown : shown.get(0);
    }
}
