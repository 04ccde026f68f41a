package dev.countersign.web.answer;

import dev.countersign.web.error.ErrorResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Static helper: sends an error as JSON from code that is not a resource, such as a filter. */
public final class ErrorAnswer {

    private ErrorAnswer() {}

    /** Sends {@code {"detail": ...}}. */
    public static void end(HttpServerResponse response, int status, String detail) {
        end(response, status, JsonObject.of("detail", new ErrorResponse(detail).detail()));
    }

    /** Sends a body with other members. */
    public static void end(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(body.toBuffer());
    }
}
