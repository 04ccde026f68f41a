package dev.countersign.installation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Lists the regions that hold the caller's organizations, each with the base URL for requests.
 *
 * @param regions this service, or an empty list where it does not know its own URL, because clients send their token to
 *     the URLs of this list
 */
@RegisterForReflection
public record RegionsResponse(List<Region> regions) {

    /**
     * Holds the name of a region and its base URL for requests.
     *
     * @param url the URL, without a trailing slash
     */
    @RegisterForReflection
    public record Region(String name, String url) {}

    static RegionsResponse of(String baseUrl) {
        return new RegionsResponse(baseUrl.isEmpty() ? List.of() : List.of(new Region("default", baseUrl)));
    }
}
