package dev.countersign.web.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the body of a 302: the new slug of a renamed project, in the form that Sentry's clients read.
 *
 * @param slug the new slug
 */
@RegisterForReflection
record MovedResponse(String slug, Detail detail) {

    @RegisterForReflection
    record Detail(String code, String message, Extra extra) {}

    @RegisterForReflection
    record Extra(String url, String slug) {}

    static MovedResponse of(String slug, String url) {
        return new MovedResponse(slug, new Detail("resource-moved", "Resource has been moved", new Extra(url, slug)));
    }
}
