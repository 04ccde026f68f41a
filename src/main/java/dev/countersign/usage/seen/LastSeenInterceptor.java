package dev.countersign.usage.seen;

import dev.countersign.projectkey.ProjectKeyResponse;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Interceptor of the operations that answer client keys: adds {@code lastSeen} to the keys of an answer if the request has {@code
 * ?expand=usage}, with one statement for all of them. Other answers cost nothing more, which a filter of answers would not allow:
 * each answer would prepare the request scope for the filter again.
 */
@Interceptor
@ShowsDsns
@Priority(Interceptor.Priority.APPLICATION)
public class LastSeenInterceptor {

    private final LastSeenRepository repository;

    LastSeenInterceptor(LastSeenRepository repository) {
        this.repository = repository;
    }

    @AroundInvoke
    @Nullable
    Object intercept(InvocationContext call) throws Exception {
        Object answer = call.proceed();
        return answer instanceof Uni<?> later && isWanted(call.getParameters())
                ? later.flatMap(this::withLastSeen)
                : answer;
    }

    private static boolean isWanted(Object[] parameters) {
        for (Object parameter : parameters) {
            if (parameter instanceof UriInfo uri) {
                return QueryParameters.of(uri).all("expand").contains("usage");
            }
        }
        return false;
    }

    private Uni<Object> withLastSeen(Object answer) {
        Object body = answer instanceof RestResponse<?> response ? response.getEntity() : answer;
        List<ProjectKeyResponse> keys = keys(body);
        return keys.isEmpty()
                ? Uni.createFrom().item(answer)
                : repository
                        .find(keys.stream().map(ProjectKeyResponse::id).toList())
                        .map(seen -> replaceBody(answer, shown(body, keys, seen)));
    }

    private static List<ProjectKeyResponse> keys(@Nullable Object body) {
        return (body instanceof List<?> list ? list.stream() : Stream.ofNullable(body))
                .filter(ProjectKeyResponse.class::isInstance)
                .map(ProjectKeyResponse.class::cast)
                .toList();
    }

    private static Object shown(@Nullable Object body, List<ProjectKeyResponse> keys, Map<String, Instant> seen) {
        List<ProjectKeyResponse> shown =
                keys.stream().map(key -> key.withLastSeen(seen.get(key.id()))).toList();
        return body instanceof List<?> ? shown : shown.get(0);
    }

    private static Object replaceBody(Object answer, Object body) {
        return answer instanceof RestResponse<?> response
                ? RestResponse.ResponseBuilder.create(response.getStatusInfo(), body)
                        .replaceAll(response.getHeaders())
                        .build()
                : body;
    }
}
