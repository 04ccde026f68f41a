package dev.countersign.installation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Where the organizations of a caller live.
 *
 * @param regions this service; none where it does not know under which URL it is reached, since clients send their
 *     token to what they read here
 */
@RegisterForReflection
public record RegionsResponse(List<Region> regions) {

    /**
     * A place to send requests to.
     *
     * @param url without a slash at its end
     */
    @RegisterForReflection
    public record Region(String name, String url) {}

    static RegionsResponse of(String baseUrl) {
        return new RegionsResponse(baseUrl.isEmpty() ? List.of() : List.of(new Region("default", baseUrl)));
    }
}
