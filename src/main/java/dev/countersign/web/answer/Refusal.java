package dev.countersign.web.answer;

import dev.countersign.web.route.RouteName;
import dev.countersign.web.route.Routes;
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
public record Refusal(int status, String detail) {

    /** What cannot be parsed, or parsed in two ways. */
    public static final Refusal NOT_UNDERSTOOD = of(400, "The request could not be understood.");

    /** What names nothing. */
    public static final Refusal NOT_FOUND = of(404, "The requested resource does not exist");

    public static Refusal of(int status, String detail) {
        return new Refusal(status, detail);
    }

    /** Answers; the connection stays open. */
    public void answer(RoutingContext context) {
        RouteName.put(Routes.PREFIX);
        answer(context.request());
    }

    /** Answers, and closes the connection: what else comes on it cannot be trusted, or is not wanted. */
    public void answerAndClose(RoutingContext context) {
        AnswerEnd.thenClose(context);
        answer(context);
    }

    /** Answers where there is no route yet. */
    public void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.headers().contains(RequestIdFilter.HEADER)) {
            RequestIdFilter.identify(request);
        }
        ApiHeaders.put(response.headers(), null);
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        ErrorAnswer.end(response, status, detail);
    }
}
