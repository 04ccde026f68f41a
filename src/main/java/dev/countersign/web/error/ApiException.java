package dev.countersign.web.error;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exception: carries the answer to a request that failed: an HTTP status and a JSON body. Has no stack trace, because code
 * throws these answers on purpose. The texts are Sentry's if Sentry has one.
 */
public abstract class ApiException extends RuntimeException {

    /** The header that holds {@link #explanation()}, so that the body stays equal to Sentry's. */
    public static final String EXPLANATION_HEADER = "X-Sentry-Error";

    private final int status;
    private final transient Object body;
    private @Nullable String explanation;

    ApiException(int status, Object body) {
        super(String.valueOf(body), null, false, false);
        this.status = status;
        this.body = body;
    }

    /** The HTTP status: 302, or 400 to 599. */
    public int status() {
        return status;
    }

    /** The body: an {@link ErrorResponse}, a text, or a map of a field's name to its messages. */
    public Object body() {
        return body;
    }

    /** A sentence for people that adds to the body, or null. Contains no text that the client sent. */
    public @Nullable String explanation() {
        return explanation;
    }

    /** Sets the explanation. */
    public ApiException explain(@Nullable String text) {
        this.explanation = text;
        return this;
    }

    /** Answers 302: the project has a new slug. */
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

    /** Answers 400: a query parameter or the whole body is malformed. */
    public static final class BadRequest extends ApiException {
        public BadRequest(String detail) {
            super(400, new ErrorResponse(detail));
        }
    }

    /** Answers 400: the credential does not allow the browser's origin. The body is a bare text, as in Sentry. */
    public static final class InvalidOrigin extends ApiException {
        public InvalidOrigin(String origin) {
            super(400, TextNode.valueOf("Invalid origin: " + origin));
        }
    }

    /** Answers 400: members of the body break their rules. */
    public static final class Invalid extends ApiException {
        /** @param errors a map of a field's name to its messages, or to such a map for a nested object */
        public Invalid(Map<String, Object> errors) {
            super(400, errors);
        }

        /** One message about one field. */
        public static Invalid field(String name, String message) {
            return new Invalid(Map.of(name, List.of(message)));
        }
    }

    /** Answers 401: the credential is missing, unknown or no longer valid. */
    public static final class Unauthorized extends ApiException {
        public Unauthorized(String detail) {
            super(401, new ErrorResponse(detail));
        }
    }

    /** Answers 403: the credential is valid and does not permit the operation. */
    public static final class Forbidden extends ApiException {
        public Forbidden() {
            this("You do not have permission to perform this action.");
        }

        public Forbidden(String detail) {
            super(403, new ErrorResponse(detail));
        }
    }

    /** Answers 404: the resource does not exist. */
    public static final class NotFound extends ApiException {
        public NotFound() {
            this("The requested resource does not exist");
        }

        public NotFound(String detail) {
            super(404, new ErrorResponse(detail));
        }

        /** No resource of a kind, such as {@code organization}, has the id or slug. */
        public static ApiException of(String kind) {
            return new NotFound().explain("There is no such " + kind);
        }

        /** Throws if a statement affected no row. */
        public static void unlessFound(int rows, String kind) {
            if (rows == 0) {
                throw of(kind);
            }
        }
    }

    /** Answers 409: the resource exists already. */
    public static final class Conflict extends ApiException {
        public Conflict(String detail) {
            super(409, new ErrorResponse(detail));
        }

        /** A conflict with further members in the body, such as a field error. */
        public Conflict(Map<String, Object> body) {
            super(409, body);
        }
    }

    /** Answers 413: the body is larger than the service reads. */
    public static final class TooLarge extends ApiException {
        public TooLarge(long maxBytes) {
            super(413, new ErrorResponse("Request body is too large. At most " + maxBytes + " bytes are accepted."));
        }
    }

    /** Answers 415: the service does not read the body's content type. */
    public static final class UnsupportedMediaType extends ApiException {
        public UnsupportedMediaType(String contentType) {
            super(415, new ErrorResponse("Unsupported media type \"" + contentType + "\" in request."));
        }
    }

    /** Answers 429: too many requests, with the texts of Sentry's API. */
    public static final class TooManyRequests extends TemporaryException {
        private TooManyRequests(String detail, long retryAfterSeconds) {
            super(429, detail, retryAfterSeconds);
        }

        /** A limit to all clients together. */
        public static TooManyRequests together(String detail, long retryAfterSeconds) {
            return new TooManyRequests(detail, retryAfterSeconds);
        }

        /** A limit to the requests of a client in a window of time. */
        public static TooManyRequests of(int limit, Duration window, long retryAfterSeconds) {
            return new TooManyRequests(
                    "You are attempting to use this endpoint too frequently. Limit is " + limit + " requests in "
                            + window.toSeconds() + " seconds",
                    retryAfterSeconds);
        }

        /** A limit to the concurrent requests of a client. */
        public static TooManyRequests concurrent(int limit) {
            return new TooManyRequests(
                    "You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is "
                            + limit,
                    1);
        }
    }

    /** Answers 503: the database, or the keys of an issuer, are out of reach. */
    public static final class Unavailable extends TemporaryException {
        public Unavailable() {
            this(1);
        }

        /** @param retryAfterSeconds the number of seconds after which the client may try again */
        public Unavailable(long retryAfterSeconds) {
            super(503, "Service temporarily unavailable", retryAfterSeconds);
        }
    }
}
