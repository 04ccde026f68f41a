package dev.countersign.web.error;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.web.route.Routes;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts each exception that a resource throws to its HTTP answer; no other class does. */
public class ExceptionMappers {

    /** The explanation of a 404 for a path that no resource has. */
    public static final String NO_ROUTE = "There is no such route; /q/openapi describes all";

    /** The segments before {@code project} in {@code projects/{organization}/{project}/}. */
    private static final int BEFORE_PROJECT = 2;

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int NOT_ACCEPTABLE = 406;
    private static final String API_PATH = "/api";
    private static final String SCHEMES =
            "Authorization takes Bearer and a key, or Basic with a key as user name and an empty password";

    private final DatabaseStateLog database;

    ExceptionMappers(DatabaseStateLog database) {
        this.database = database;
    }

    @ServerExceptionMapper
    RestResponse<Object> map(ApiException e) {
        var response = answer(e.status(), e.body());
        if (e.explanation() != null) {
            response.header(ApiException.EXPLANATION_HEADER, e.explanation());
        }
        if (e instanceof ApiException.Unauthorized) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "xBasic realm=\"api\"");
        } else if (e instanceof RelayRefused refused && refused.isUnauthorized()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"api\"");
        } else if (e instanceof TemporaryException temporary) {
            response.header(HttpHeaders.RETRY_AFTER, temporary.retryAfterSeconds());
        } else if (e instanceof RepeatRefused refused && refused.isTemporary()) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }

    /** Redirects the old slug of a renamed project to its new slug, for every method and sub-path, as Sentry does. */
    @ServerExceptionMapper
    RestResponse<Object> moved(ApiException.Moved e, RoutingContext context) {
        // The normalized path, because a browser would read a host after two leading slashes of the client's path.
        String path = context.normalizedPath();
        String prefix = Objects.requireNonNull(Routes.prefix(path), path);
        String[] segments = path.substring(prefix.length() + 1).split("/", -1);
        segments[BEFORE_PROJECT] = e.slug();
        String query = context.request().query();
        String location = prefix + "/" + String.join("/", segments) + (query == null ? "" : "?" + query);
        return answer(e.status(), MovedResponse.of(e.slug(), location))
                .header(HttpHeaders.LOCATION, location)
                .build();
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    RestResponse<Object> unauthorized(SecurityException e, HttpServerRequest request) {
        String detail = e instanceof AuthenticationFailedException ? e.getMessage() : null;
        if (detail != null) {
            return map(new ApiException.Unauthorized(detail));
        }
        String explanation = request.headers().contains(HttpHeaders.AUTHORIZATION) ? SCHEMES : null;
        return map(new ApiException.Unauthorized("Authentication credentials were not provided.").explain(explanation));
    }

    @ServerExceptionMapper
    RestResponse<Object> forbidden(ForbiddenException e) {
        return map(new ApiException.Forbidden());
    }

    /** Answers what the framework refuses before it calls a resource. */
    @ServerExceptionMapper
    RestResponse<Object> refused(WebApplicationException e, HttpServerRequest request) {
        if (e.getResponse().getStatus() == NOT_ACCEPTABLE) {
            return answer(406, new ErrorResponse("Could not satisfy the request Accept header."))
                    .build();
        }
        if (e instanceof NotSupportedException) {
            String type = String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE));
            return map(new ApiException.UnsupportedMediaType(type));
        }
        if (e instanceof NotFoundException) {
            boolean api = request.path() != null && request.path().startsWith(API_PATH);
            return map(
                    api
                            ? new ApiException.NotFound().explain(NO_ROUTE)
                            : new ApiException.NotFound("There is nothing here. The API is below /api/0/,"
                                    + " and /q/openapi describes it."));
        }
        int status = e.getResponse().getStatus();
        return status >= 400 && status < 500
                ? answer(status, new ErrorResponse("The request could not be understood."))
                        .build()
                : internal(e);
    }

    @ServerExceptionMapper(Throwable.class)
    RestResponse<Object> internal(Throwable e) {
        if (DatabaseFault.isUnavailable(e)) {
            database.failed(e);
            return map(new ApiException.Unavailable());
        }
        if (DatabaseFault.isRowRemoved(e)) {
            return map(new ApiException.NotFound());
        }
        return answer(500, InternalErrorResponse.of(e)).build();
    }

    private static RestResponse.ResponseBuilder<Object> answer(int status, Object body) {
        return RestResponse.ResponseBuilder.<Object>create(status).entity(body).type(MediaType.APPLICATION_JSON_TYPE);
    }
}
