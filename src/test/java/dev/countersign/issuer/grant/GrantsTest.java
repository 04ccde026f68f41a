package dev.countersign.issuer.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.issuer.setting.GrantSetting;
import dev.countersign.issuer.setting.GrantSetting.Condition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which grant a token has: the narrowest of those that match, and none of the others. */
class GrantsTest {

    private static final String POD = """
            {"sub":"system:serviceaccount:shop:deployer","kubernetes.io":{"namespace":"shop",
             "serviceaccount":{"name":"deployer"}},"a/b":"c","roles":["dev","admin"],"repo":"acme/app","n":7,
             "deep":[{"x":"y"}],"numbers":{"0":"zero"}}""";

    @Test
    void grantWithoutAsteriskComesBeforeALongerOneWith() {
        assertThat(first(
                        grant("system:serviceaccount:shop-and-much-more*", "open"),
                        grant("system:serviceaccount:shop:*", "open"),
                        grant("system:serviceaccount:shop:deployer", "exact")))
                .isEqualTo("exact");
    }

    @Test
    void moreLiteralCharactersComeFirstThenTheLowerNumber() {
        assertThat(first(grant("system:serviceaccount:*:*", "wide"), grant("system:serviceaccount:shop:*", "narrow")))
                .isEqualTo("narrow");
        assertThat(first(
                        grant("system:serviceaccount:shop:deploy*", "first"),
                        grant("system:serviceaccount:*op:deployer", "second")))
                .isEqualTo("first");
    }

    @Test
    void allConditionsMustHoldAndCountForTheNarrowness() {
        GrantSetting both = new GrantSetting(
                List.of(
                        new Condition("/kubernetes.io/namespace", "shop"),
                        new Condition("/kubernetes.io/serviceaccount/name", "deployer")),
                "both",
                List.of("project:read"),
                Duration.ofHours(1));
        GrantSetting other = new GrantSetting(
                List.of(
                        new Condition("/kubernetes.io/namespace", "shop"),
                        new Condition("/kubernetes.io/serviceaccount/name", "else")),
                "never",
                List.of("project:read"),
                Duration.ofHours(1));
        GrantSetting one = new GrantSetting(
                List.of(new Condition("/kubernetes.io/namespace", "shop")),
                "one",
                List.of("org:read"),
                Duration.ofHours(1));

        assertThat(match(one, other, both)).extracting(Pass::organization).containsExactly("both", "one");
        assertThat(match(one, other, both).get(0).scopes()).containsExactly("project:read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            k8s-{/kubernetes.io/namespace}     | k8s-shop
            {/kubernetes.io/namespace}         | shop
            {/a~1b}                            | c
            {a/b}-{/kubernetes.io/serviceaccount/name} | c-deployer
            {roles}                            | (none)
            {n}                                | (none)
            {missing}                          | (none)
            {kubernetes.io}                    | (none)
            {/roles/0}                         | (none)
            {/deep/0/x}                        | (none)
            {/deep/0}                          | (none)
            {/numbers/0}                       | zero
            plain                              | plain
            """)
    void organizationMayHoldClaims(String template, String slug) {
        assertThat(match(grant("*:*:*:*", template)).stream().map(Pass::organization))
                .containsExactlyElementsOf(slug.equals("(none)") ? List.of() : List.of(slug));
    }

    @Test
    void claimCannotAddAnotherClaim() throws IOException {
        ObjectNode token = (ObjectNode) new ObjectMapper().readTree("""
                {"sub":"{secret}$1","secret":"x"}""");

        assertThat(new Grants(List.of(grantOf("secret", "x", "{sub}")))
                        .match(token)
                        .get(0)
                        .organization())
                .isEqualTo("{secret}$1");
    }

    @Test
    void descriptionShowsOnlyTheClaimsOfGrantsEscapedAndCut() throws IOException {
        ObjectNode token = (ObjectNode) new ObjectMapper().readTree("""
                {"sub":"a\\"b\\\\c\\u0000\\u202E","secret":"hidden","roles":["x",7],"n":{},"long":"%s"}""".formatted("y".repeat(200)));
        Grants grants = new Grants(List.of(
                grantOf("sub", "z", "{long}"),
                grantOf("roles", "z", "o"),
                grantOf("n", "z", "o"),
                grantOf("/k/x", "z", "o")));

        assertThat(grants.describe(token))
                .isEqualTo("sub=\"a\\\"b\\\\c\\u0000\\u202e\", long=\"" + "y".repeat(128)
                        + "...\", roles=[\"x\",no text], n is no text, /k/x absent");
    }

    private static GrantSetting grant(String subject, String organization) {
        return grantOf("sub", subject, organization);
    }

    private static GrantSetting grantOf(String claim, String matches, String organization) {
        return new GrantSetting(
                List.of(new Condition(claim, matches)), organization, List.of("project:read"), Duration.ofHours(1));
    }

    private static String first(GrantSetting... settings) {
        return match(settings).get(0).organization();
    }

    private static List<Pass> match(GrantSetting... settings) {
        try {
            return new Grants(Stream.of(settings).toList()).match((ObjectNode) new ObjectMapper().readTree(POD));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
