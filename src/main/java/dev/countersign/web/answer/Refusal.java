package dev.countersign.web.answer;

import dev.countersign.web.route.RouteName;
import dev.countersign.web.route.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Holds a ready-made error answer, such as 400 or 503, for a request that does not reach a resource, and sends it. The answer
 * is JSON, with the headers of every answer of the API and a request id.
 *
 * @param status 400 to 599
 * @param detail one sentence for the client
 */
public record Refusal(int status, String detail) {

    /** For a request that is malformed or ambiguous. */
    public static final Refusal NOT_UNDERSTOOD = of(400, "The request could not be understood.");

    /** For a path that cannot name a resource. */
    public static final Refusal NOT_FOUND = of(404, "The requested resource does not exist");

    /** For a request that this instance cannot serve now. */
    public static final Refusal UNAVAILABLE = of(503, "Service temporarily unavailable");

    /** A refusal with a status and a sentence for the client. */
    public static Refusal of(int status, String detail) {
        return new Refusal(status, detail);
    }

    /** Sends the answer and keeps the connection open. */
    public void answer(RoutingContext context) {
        RouteName.put(Routes.PREFIX);
        answer(context.request());
    }

    /** Sends the answer and closes the connection, because later bytes are untrusted or unwanted. */
    public void answerAndClose(RoutingContext context) {
        AnswerEnd.closeAfterAnswer(context);
        answer(context);
    }

    /** Sends the answer before the router has handled the request. */
    public void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.headers().contains(RequestId.HEADER)) {
            RequestId.identify(request);
        }
        ApiHeaders.put(response.headers(), null);
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        ErrorAnswer.end(response, status, detail);
    }
}
