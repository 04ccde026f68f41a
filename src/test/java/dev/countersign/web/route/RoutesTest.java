package dev.countersign.web.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    private final Routes routes = new Routes();

    RoutesTest() {
        routes.add("GET", "/api/0/projects/");
        routes.add("GET", "/api/0/projects/{organization}/{project}/keys/");
        routes.add("POST", "/api/0/projects/{organization}/{project}/keys/");
        routes.add("GET", "/api/0/projects/{organization}/mine/{view}/");
        routes.add("GET", "/api/0/relays/");
        routes.add("POST", "/api/0/relays/register/");
        routes.add("GET", "/api/0/relays-of-all");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/0/projects/, /api/0/projects/",
        "/api/0/projects, /api/0/projects/",
        "/api/0/projects/acme/pump/keys/, /api/0/projects/{organization}/{project}/keys/",
        "/api/0/projects/acme/pump/keys, /api/0/projects/{organization}/{project}/keys/",
        "/api/0/projects/acme/mine/all/, /api/0/projects/{organization}/mine/{view}/",
        // A project may be called as a literal is called.
        "/api/0/projects/acme/mine/keys/, /api/0/projects/{organization}/mine/{view}/",
        "/api/0/projects/{}/{}/keys/, /api/0/projects/{organization}/{project}/keys/",
        "/api/0/relays/register/, /api/0/relays/register/",
        "/api/0/relays-of-all, /api/0/relays-of-all",
    })
    void findsTheRouteOfAPath(String path, String template) {
        assertThat(routes.find(path)).extracting(Routes.Route::template).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "/api/0",
        "/api/0/projects//",
        "/api/0/project/",
        "/api/0/projectss/",
        "/api/0/projects/acme/",
        "/api/0/projects//pump/keys/",
        "/api/0/projects/acme//keys/",
        "/api/0/projects/acme/pump/key/",
        "/api/0/projects/acme/pump/keys/1/",
        "/api/0/projects/acme/pump/KEYS/",
        "/api/0/relays/registered/",
    })
    void otherPathsHaveNone(String path) {
        assertThat(routes.find(path)).isNull();
    }

    @Test
    void aRouteKnowsItsMethods() {
        assertThat(routes.find("/api/0/projects/acme/pump/keys/"))
                .extracting(Routes.Route::methods)
                .isEqualTo(List.of("GET", "POST", "HEAD", "OPTIONS"));
    }

    @Test
    void aRemovedPathHasNoRouteAndNoneBelow() {
        routes.remove("/api/0/relays");
        routes.remove("/api/0/unknown/path");

        assertThat(routes.find("/api/0/relays/")).isNull();
        assertThat(routes.find("/api/0/relays/register/")).isNull();
        assertThat(routes.find("/api/0/relays-of-all")).isNotNull();
        assertThat(routes.hasTemplate("/api/0/relays/register")).isFalse();
        assertThat(routes.hasTemplate("/api/0/projects")).isTrue();
    }
}
