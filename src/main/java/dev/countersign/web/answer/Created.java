package dev.countersign.web.answer;

import org.jboss.resteasy.reactive.RestResponse;

/**
 * Holds an object that a request, or an earlier one under its {@code Idempotency-Key}, created, and builds the answer 201.
 *
 * @param isReplayed whether an earlier request under the same {@code Idempotency-Key} created the object
 */
public record Created<T>(T object, boolean isReplayed) {

    private static final String REPLAYED = "Idempotency-Replayed";

    /** An object that this request created. */
    public static <T> Created<T> now(T object) {
        return new Created<>(object, false);
    }

    /** An object that an earlier request created. */
    public static <T> Created<T> before(T object) {
        return new Created<>(object, true);
    }

    /** 201 with the object in the form that the client sees; a header tells whether an earlier request created it. */
    public <R> RestResponse<R> response(R shown) {
        return isReplayed
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, shown)
                        .header(REPLAYED, true)
                        .build()
                : RestResponse.status(RestResponse.Status.CREATED, shown);
    }
}
