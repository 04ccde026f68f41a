package dev.countersign.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slugs: their form, and how they are made from names. */
class SlugTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Pump Station, pump-station",
        "'  Pump   Station!  ', pump-station",
        "Schlüssel & Söhne, schlussel-sohne",
        "under_score, under_score",
        "--edge--, edge",
        "MCP Made, mcp-made"
    })
    void projectSlugIsMadeFromTheName(String name, String slug) {
        assertThat(Slug.PROJECT.candidates(name).next()).isEqualTo(slug);
    }

    @Test
    void organizationSlugHasNoUnderscore() {
        assertThat(Slug.ORGANIZATION.candidates("under_score").next()).isEqualTo("under-score");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2026", "12 34"})
    void slugOfANumericNameGetsASuffix(String name) {
        assertThat(Slug.PROJECT.candidates(name).next()).matches("[0-9-]+-[a-z0-9]{2}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"日本語", "!!!", "teams", "Settings"})
    void unusableNameGetsARandomSlug(String name) {
        assertThat(Slug.PROJECT.candidates(name).next()).matches("[0-9a-f]{12}(-[a-z0-9]{2})?");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "$all",
                "api-keys",
                "audit-log",
                "auth",
                "members",
                "projects",
                "rate-limits",
                "repos",
                "settings",
                "teams",
                "billing",
                "payments",
                "legal",
                "subscription",
                "support",
                "integrations",
                "developer-settings",
                "usage"
            })
    void wordsOfSentrysUrlsAreReserved(String word) {
        assertThat(Slug.PROJECT.isReserved(word)).isTrue();
        assertThat(Slug.PROJECT.candidates(word).next()).isNotEqualTo(word);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "PROJECT, pump-station, true",
        "PROJECT, pump_station-2, true",
        "PROJECT, -_-, true",
        "PROJECT, 2nd, true",
        "PROJECT, 22, false",
        "PROJECT, Pump, false",
        "PROJECT, a b, false",
        "PROJECT, '', false",
        "PROJECT, a.b, false",
        "TEAM, core, true",
        "TEAM, 22, false",
        "TEAM, Core, false",
        "ORGANIZATION, Acme-2, true",
        "ORGANIZATION, 2-acme, true",
        "ORGANIZATION, 22, false",
        "ORGANIZATION, -acme, false",
        "ORGANIZATION, acme-, false",
        "ORGANIZATION, ac_me, false"
    })
    void slugHasItsForm(Slug kind, String slug, boolean good) {
        assertThat(kind.form().matcher(slug).matches()).isEqualTo(good);
    }

    @Test
    void laterCandidatesHaveLongerSuffixes() {
        List<String> candidates = new ArrayList<>();
        Slug.PROJECT.candidates("Pump").forEachRemaining(candidates::add);

        assertThat(candidates).hasSize(5);
        assertThat(candidates.get(0)).isEqualTo("pump");
        assertThat(candidates.get(1)).matches("pump-[a-z0-9]{2}");
        assertThat(candidates.get(2)).matches("pump-[a-z0-9]{3}");
        assertThat(candidates.get(3)).matches("pump-[a-z0-9]{5}");
        assertThat(candidates.get(4)).matches("pump-[a-z0-9]{12}");
    }

    @Test
    void candidatesAreAtMostAHundredCharacters() {
        Slug.PROJECT.candidates("x".repeat(300)).forEachRemaining(candidate -> assertThat(candidate.length())
                .isLessThanOrEqualTo(100));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"7, 7, ", "pump-station, , pump-station", "007, 7, ", "Pump_1, , Pump_1"})
    void digitsAreAnIdAndOtherTextIsASlug(String segment, Long id, String slug) {
        assertThat(IdOrSlug.fromString(segment)).isEqualTo(new IdOrSlug(id, slug));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"99999999999999999999", "a b", "a\u0000", "ä", "$all", "a;b", "%00"})
    void textThatIsNeitherNamesNothing(String segment) {
        assertThat(IdOrSlug.fromString(segment)).isEqualTo(IdOrSlug.NONE);
    }
}
