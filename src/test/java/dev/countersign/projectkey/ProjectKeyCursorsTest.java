package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors and the {@code Link} header of Sentry's examples. */
@QuarkusTest
class ProjectKeyCursorsTest {

    private static final Pattern LINK =
            Pattern.compile("<([^>]*)>; rel=\"previous\"; results=\"([a-z]+)\"; cursor=\"([^\"]*)\", "
                    + "<([^>]*)>; rel=\"next\"; results=\"([a-z]+)\"; cursor=\"([^\"]*)\"");

    private static @Nullable Keys five;

    /** The examples name ids 1 to 5, which stand for the ids of the keys. */
    @ParameterizedTest(name = "{0} keys, {1} a page, cursor {2}")
    @CsvFileSource(resources = "/sentry-cursors.csv", quoteCharacter = '\'')
    void cursorsAreSentrys(
            int count,
            int perPage,
            String cursor,
            String items,
            String previous,
            boolean before,
            String next,
            boolean more) {
        Keys keys = keys(count);

        Response response =
                Api.operator().get(keys.tenant().keys() + "?per_page=" + perPage + "&cursor=" + keys.translate(cursor));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.jsonPath().getList("id"))
                .isEqualTo(Stream.of(items.split(","))
                        .filter(item -> !item.isEmpty())
                        .map(item -> keys.publicKeys().get(Integer.parseInt(item) - 1))
                        .toList());
        Matcher link = link(response);
        assertThat(link.group(3)).isEqualTo(keys.translate(previous));
        assertThat(link.group(2)).isEqualTo(Boolean.toString(before));
        assertThat(link.group(6)).isEqualTo(keys.translate(next));
        assertThat(link.group(5)).isEqualTo(Boolean.toString(more));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', ?",
        "?cursor=, ?",
        "?cursor=0:0:0, ?",
        "?cursor=0%3A0%3A0, ?",
        "?per_page=2, ?per_page=2",
        "?cursor=&per_page=2&status=, ?per_page=2&status=",
        "?status=active&per_page=2&cursor=0:0:0, ?status=active&per_page=2",
        "?a=1&a=2&b, ?a=1&a=2&b=",
        "?a=%3Cb%3E%22%0d%0a%2C%3B%20%C3%A9, ?a=%3Cb%3E%22%0D%0A%2C%3B+%C3%A9"
    })
    void linksKeepTheQueryExceptTheCursor(String query, String kept) {
        Keys keys = keys(5);

        Matcher link = link(Api.operator().get(keys.tenant().keys() + query));

        String url = Api.URL_PREFIX + "/api/0/" + keys.tenant().keys() + kept + "&cursor=";
        assertThat(link.group(1)).isEqualTo(url + link.group(3));
        assertThat(link.group(4)).isEqualTo(url + link.group(6));
    }

    @Test
    void linksOfAPathWithEscapesLeadOn() {
        Keys keys = keys(5);
        String escaped = keys.tenant().keys().replace("-", "%2D") + "?per_page=2";

        Matcher link = link(Api.operator().get(escaped));

        assertThat(keys.tenant().keys()).contains("-");
        assertThat(Api.operator()
                        .get(link.group(4).substring((Api.URL_PREFIX + "/api/0/").length()))
                        .jsonPath()
                        .getList("id"))
                .isEqualTo(Api.operator()
                        .get(keys.tenant().keys() + "?per_page=2&cursor=" + link.group(6))
                        .jsonPath()
                        .getList("id"))
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"per_page=100", "per_page=1", "per_page=+5", "per_page=%205", "cursor=9.5:0:0"})
    void sizesAndCursorsOfPythonAreAccepted(String query) {
        assertThat(Api.operator().get(keys(5).tenant().keys() + "?" + query).statusCode())
                .isEqualTo(200);
    }

    @Test
    void linksIgnoreTheHostOfTheRequest() {
        Response response = Api.operator()
                .request()
                .header("Host", "evil.example.net")
                .header("X-Forwarded-Host", "evil.example.net")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Forwarded", "host=evil.example.net;proto=http")
                .get(Api.url(keys(5).tenant().keys()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Link")).doesNotContain("evil");
    }

    @Test
    void listHasNoHitCount() {
        assertThat(Api.operator().get(keys(5).tenant().keys()).header("X-Hits")).isNull();
    }

    @AfterAll
    static void forget() {
        five = null;
    }

    private static Keys keys(int count) {
        if (count != 5) {
            return Keys.create(count);
        }
        Keys keys = five == null ? Keys.create(5) : five;
        five = keys;
        return keys;
    }

    private static Matcher link(Response response) {
        Matcher link = LINK.matcher(String.valueOf(response.header("Link")));
        assertThat(link.matches()).as(response.header("Link")).isTrue();
        return link;
    }

    /**
     * The keys of one project, oldest first.
     *
     * @param ids as the cursors tell them
     */
    private record Keys(Tenant tenant, List<String> publicKeys, List<String> ids) {

        static Keys create(int count) {
            Tenant tenant = Tenant.create();
            String first = Api.operator().get(tenant.keys()).jsonPath().getString("[0].id");
            Api.operator().delete(tenant.key(first)).then().statusCode(204);
            List<String> publicKeys =
                    IntStream.range(0, count).mapToObj(i -> tenant.newKey("{}")).toList();
            List<String> ids = IntStream.range(0, count)
                    .mapToObj(i -> link(Api.operator()
                                    .get(tenant.keys() + "?per_page=1&cursor=0:" + (count - 1 - i) + ":0"))
                            .group(3))
                    .map(cursor -> cursor.substring(0, cursor.indexOf(':')))
                    .toList();
            return new Keys(tenant, publicKeys, ids);
        }

        /** The cursor of an example, with the id of a key for its number; 0 stays. */
        String translate(String cursor) {
            List<String> parts = List.of(cursor.split(":"));
            if (parts.size() < 3 || parts.get(0).equals("0")) {
                return cursor;
            }
            String id = ids.get(Integer.parseInt(parts.get(0)) - 1);
            return Stream.concat(Stream.of(id), parts.stream().skip(1)).collect(Collectors.joining(":"));
        }
    }
}
