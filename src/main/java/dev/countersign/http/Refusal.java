package dev.countersign.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * The answer to a request that is refused before the API looks at it: JSON, with the headers of every answer of the API
 * and a request id.
 *
 * @param status 400 to 599
 * @param detail one sentence for the caller
 */
record Refusal(int status, String detail) {

    /** What cannot be parsed, or parsed in two ways. */
    static final Refusal NOT_UNDERSTOOD = of(400, "The request could not be understood.");

    /** What names nothing. */
    static final Refusal NOT_FOUND = of(404, "The requested resource does not exist");

    static Refusal of(int status, String detail) {
        return new Refusal(status, detail);
    }

    /** Answers; the connection stays open. */
    void answer(RoutingContext context) {
        RouteName.put(context.request().method(), ApiFilter.PREFIX);
        answer(context.request());
    }

    /** Answers, and closes the connection: what else comes on it cannot be trusted, or is not wanted. */
    void answerAndClose(RoutingContext context) {
        Answers.thenClose(context);
        answer(context);
    }

    /** Answers where there is no route yet. */
    void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.headers().contains(RequestIdFilter.HEADER)) {
            RequestIdFilter.identify(request);
        }
        ApiHeaders.put(response.headers(), null);
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        ApiFilter.answer(response, status, detail);
    }
}
