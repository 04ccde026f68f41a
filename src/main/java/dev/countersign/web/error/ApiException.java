package dev.countersign.web.error;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its answer: an HTTP status and the JSON body that the caller sees.
 *
 * <p>Carries no stack trace: these are answers, thrown on purpose. The texts are Sentry's where Sentry has one.
 */
public abstract sealed class ApiException extends RuntimeException {

    /** Carries {@link #explanation()}, beside a body that is Sentry's to the byte. */
    public static final String EXPLANATION_HEADER = "X-Sentry-Error";

    private final int status;
    private final transient Object body;
    private @Nullable String explanation;

    private ApiException(int status, Object body) {
        super(String.valueOf(body), null, false, false);
        this.status = status;
        this.body = body;
    }

    /** The HTTP status: 302, or 400 to 599. */
    public int status() {
        return status;
    }

    /** The body: an {@link ErrorResponse}, or the map of a field's name to its messages. */
    public Object body() {
        return body;
    }

    /** For people: what the body does not say, in words of this service alone and nothing that was sent. Or null. */
    public @Nullable String explanation() {
        return explanation;
    }

    public ApiException explain(@Nullable String text) {
        this.explanation = text;
        return this;
    }

    /** 302: a project that has a new slug. */
    public static final class Moved extends ApiException {
        private final String slug;

        public Moved(String slug) {
            super(302, slug);
            this.slug = slug;
        }

        /** The new slug. */
        public String slug() {
            return slug;
        }
    }

    /** 400: a query parameter, or the body as a whole, that cannot be understood. */
    public static final class BadRequest extends ApiException {
        public BadRequest(String detail) {
            super(400, new ErrorResponse(detail));
        }
    }

    /** 400: a browser's origin from which the credential may not be used; the body is Sentry's, a text alone. */
    public static final class InvalidOrigin extends ApiException {
        public InvalidOrigin(String origin) {
            super(400, TextNode.valueOf("Invalid origin: " + origin));
        }
    }

    /** 400: members of the body that break their rules. */
    public static final class Invalid extends ApiException {
        /** @param errors a field's name to its messages (or, for a nested object, to such a map again) */
        public Invalid(Map<String, Object> errors) {
            super(400, errors);
        }

        /** One message about one field. */
        public static Invalid field(String name, String message) {
            return new Invalid(Map.of(name, List.of(message)));
        }
    }

    /** 401: no credential, or one that is not (or no longer) good. */
    public static final class Unauthorized extends ApiException {
        public Unauthorized(String detail) {
            super(401, new ErrorResponse(detail));
        }
    }

    /** 403: a good credential that may not do this. */
    public static final class Forbidden extends ApiException {
        public Forbidden() {
            this("You do not have permission to perform this action.");
        }

        public Forbidden(String detail) {
            super(403, new ErrorResponse(detail));
        }
    }

    /** 404: no such resource. */
    public static final class NotFound extends ApiException {
        public NotFound() {
            this("The requested resource does not exist");
        }

        public NotFound(String detail) {
            super(404, new ErrorResponse(detail));
        }

        /** Nothing of a kind, such as {@code organization}, has that id or name. */
        public static ApiException of(String kind) {
            return new NotFound().explain("There is no such " + kind);
        }

        /** Throws where a statement found no row of a kind to act on. */
        public static void unlessFound(int rows, String kind) {
            if (rows == 0) {
                throw of(kind);
            }
        }
    }

    /** 409: the thing exists already. */
    public static final class Conflict extends ApiException {
        public Conflict(String detail) {
            super(409, new ErrorResponse(detail));
        }

        /** A conflict that is also told as a field error. */
        public Conflict(Map<String, Object> body) {
            super(409, body);
        }
    }

    /** 413: more than the service reads. */
    public static final class TooLarge extends ApiException {
        public TooLarge(long maxBytes) {
            super(413, new ErrorResponse("Request body is too large. At most " + maxBytes + " bytes are accepted."));
        }
    }

    /** 415: a body in a form that the service does not read. */
    public static final class UnsupportedMediaType extends ApiException {
        public UnsupportedMediaType(String contentType) {
            super(415, new ErrorResponse("Unsupported media type \"" + contentType + "\" in request."));
        }
    }

    /** 429: asked too often; the texts are those of Sentry's own API. */
    public static final class TooManyRequests extends ApiException {
        private final long retryAfterSeconds;

        private TooManyRequests(String detail, long retryAfterSeconds) {
            super(429, new ErrorResponse(detail));
            this.retryAfterSeconds = retryAfterSeconds;
        }

        /** More than the service takes of something from everybody together. */
        public static TooManyRequests together(String detail, long retryAfterSeconds) {
            return new TooManyRequests(detail, retryAfterSeconds);
        }

        /** More than a number of requests in a time. */
        public static TooManyRequests of(int limit, Duration window, long retryAfterSeconds) {
            return new TooManyRequests(
                    "You are attempting to use this endpoint too frequently. Limit is " + limit + " requests in "
                            + window.toSeconds() + " seconds",
                    retryAfterSeconds);
        }

        /** More than a number of requests at once. */
        public static TooManyRequests concurrent(int limit) {
            return new TooManyRequests(
                    "You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is "
                            + limit,
                    1);
        }

        /** When to come back. */
        public long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** 503: the database is out of reach, overloaded or too slow. */
    public static final class Unavailable extends ApiException {
        public Unavailable() {
            super(503, new ErrorResponse("Service temporarily unavailable"));
        }
    }
}
