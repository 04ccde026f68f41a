package dev.countersign.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.testsupport.OwnService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API tells about the usage of client keys. */
class KeyUsageIT {

    private static int organizations;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    private UsageService usage;

    @BeforeEach
    void createOrganization(TestInfo test) throws Exception {
        usage = UsageService.create(SERVICE, "org" + ++organizations);
        SERVICE.postgres().execute("delete from usage_counting");
    }

    @Test
    void usageHasCountsAndSettings() throws Exception {
        String key = usage.key("App");
        usage.seen(key, "1 minute", 5, 2);

        JsonNode row = usage.list(usage.own("key-usage/")).get(0);

        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "name",
                        "projectId",
                        "isActive",
                        "rateLimit",
                        "lastSeen",
                        "accepted",
                        "limited",
                        "rejected");
        assertThat(row.get("id").asText()).isEqualTo(key);
        assertThat(row.get("name").asText()).isEqualTo("App");
        assertThat(row.get("isActive").asBoolean()).isTrue();
        assertThat(row.get("rateLimit").isNull()).isTrue();
        assertThat(row.get("lastSeen").asText()).endsWith("Z");
        assertThat(row.get("accepted").asLong() + " " + row.get("limited").asLong() + " "
                        + row.get("rejected").asLong())
                .isEqualTo("5 0 2");
    }

    @Test
    void neverUsedKeyHasNoLastSeen() throws Exception {
        usage.key("Fresh");

        JsonNode row = usage.list(usage.own("key-usage/")).get(0);

        assertThat(row.get("lastSeen").isNull()).isTrue();
        assertThat(row.get("accepted").asLong()).isZero();
    }

    @Test
    void expiredKeyIsNotActive() throws Exception {
        usage.key("expired");
        SERVICE.postgres().execute("update project_key set date_expires = now() where label = 'expired'");

        assertThat(usage.texts(usage.own("key-usage/"), "isActive")).containsExactly("false");
        assertThat(usage.texts(usage.own("key-usage/?status=active"), "id")).isEmpty();
    }

    /** Seven keys: two that were never seen, and two with equal counts. */
    @ParameterizedTest
    @CsvSource({
        "-lastSeen, 'new,b,middle,a,old,never2,never1'",
        "lastSeen, 'never1,never2,old,a,middle,b,new'",
        "-rejected, 'middle,b,a,new,old,never2,never1'",
        "rejected, 'never1,never2,old,new,a,b,middle'"
    })
    void keysComeInTheOrderOfTheirUse(String sort, String names) throws Exception {
        usage.key("never1");
        usage.seen(usage.key("old"), "5 minutes", 1, 0);
        usage.seen(usage.key("new"), "1 minute", 1, 1);
        usage.seen(usage.key("a"), "4 minutes", 1, 2);
        usage.key("never2");
        usage.seen(usage.key("b"), "2 minutes", 1, 2);
        usage.seen(usage.key("middle"), "3 minutes", 1, 3);

        assertThat(String.join(",", usage.texts(usage.own("key-usage/?sort=" + sort), "name")))
                .isEqualTo(names);
        for (int perPage = 1; perPage <= 4; perPage++) {
            assertThat(String.join(
                            ",", usage.allPages(usage.own("key-usage/?per_page=" + perPage + "&sort=" + sort), "name")))
                    .isEqualTo(names);
        }
    }

    /** Twenty keys of three minutes, of which an index knows no more. Four of them were seen at the same moment. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-"})
    void keysOfAMinuteComeInTheOrderOfTheirUse(String direction) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("key" + i);
            usage.seen(usage.key("key" + i), "1 day", 1, 0);
        }
        SERVICE.postgres().execute("""
                update key_last_seen set last_seen = date_trunc('minute', last_seen) + case
                    when number in (7, 8, 9, 10) then interval '70 seconds' else number * interval '9 seconds' end
                from (select id, cast(substr(label, 4) as integer) as number from project_key
                    where label ~ '^key[0-9]+$' and organization_id = (select id from organization where slug = '%s')) key
                where id = key_id""".formatted(usage.organization()));
        if (!direction.isEmpty()) {
            Collections.reverse(names);
        }

        for (int perPage : List.of(1, 3, 7, 100)) {
            assertThat(usage.allPages(
                            usage.own("key-usage/?per_page=" + perPage + "&sort=" + direction + "lastSeen"), "name"))
                    .isEqualTo(names);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=name",
                "sort=",
                "sort=--lastSeen",
                "cursor=5:0:0",
                "cursor=1_x:0:0",
                "unusedFor=0d",
                "unusedFor=5",
                "unusedFor=36501d",
                "unusedFor=1d&unusedFor=2d",
                "rateLimit=1"
            })
    void otherValuesAreRefused(String query) throws Exception {
        assertThat(usage.get(usage.own("key-usage/?" + query)).statusCode()).isEqualTo(400);
    }

    @Test
    void lastSeenIsShownWhereItIsAskedFor() throws Exception {
        String used = usage.key("used");
        String unused = usage.key("unused");
        usage.seen(used, "1 minute", 1, 0);

        assertThat(usage.get(usage.keys()).body()).doesNotContain("lastSeen");
        List<JsonNode> rows = usage.list(usage.keys() + "?expand=usage&expand=dsns");
        assertThat(rows).extracting(row -> row.get("lastSeen").isNull()).containsExactly(true, false);
        assertThat(rows).allMatch(row -> row.has("dsns"));
        assertThat(usage.get(usage.keys() + unused + "/?expand=usage").body()).contains("\"lastSeen\":null");
        assertThat(usage.get("organizations/" + usage.organization() + "/project-keys/?expand=usage")
                        .body())
                .contains("\"lastSeen\":\"");
        assertThat(usage.get("/api/countersign/v1/projects/" + usage.organization()
                                + "/pump/named-keys/used/?expand=usage")
                        .body())
                .contains("\"lastSeen\":\"");
    }

    @Test
    void unusedKeysAreNotToldWhereUsageIsNotCounted() throws Exception {
        usage.key("unused");
        for (String list : List.of(
                usage.keys(), "organizations/" + usage.organization() + "/project-keys/", usage.own("key-usage/"))) {
            assertThat(usage.get(list + "?unusedFor=90d").body()).isEqualTo("""
                    {"detail":"Usage is counted since never."}""");
            assertThat(usage.get(list + "?unusedFor=90d").statusCode()).isEqualTo(409);
        }
    }

    @Test
    void unusedKeysAreNotToldBeforeUsageIsCountedForAsLong() throws Exception {
        SERVICE.postgres()
                .execute("insert into usage_counting (counted_since, counted_until) values ('2026-01-01Z', now())");

        assertThat(usage.get(usage.keys() + "?unusedFor=36500d").body()).isEqualTo("""
                {"detail":"Usage is counted since 2026-01-01T00:00:00Z."}""");
        assertThat(usage.get(usage.keys() + "?unusedFor=9d").statusCode()).isEqualTo(200);

        SERVICE.postgres().execute("update usage_counting set counted_until = now() - interval '2 hours'");
        assertThat(usage.get(usage.keys() + "?unusedFor=9d").statusCode())
                .as("no gate counts any more")
                .isEqualTo(409);
    }

    @Test
    void unusedKeysAreOldAndWereNotSeen() throws Exception {
        SERVICE.postgres()
                .execute("insert into usage_counting (counted_since, counted_until) values ('2020-01-01Z', now())");
        usage.key("young");
        usage.key("unused");
        usage.seen(usage.key("used"), "1 day", 1, 0);
        usage.seen(usage.key("left"), "11 days", 1, 0);
        SERVICE.postgres()
                .execute("update project_key set date_added = now() - interval '20 days'"
                        + " where label in ('unused', 'used', 'left')");

        for (String list : List.of(
                usage.keys(), "organizations/" + usage.organization() + "/project-keys/", usage.own("key-usage/"))) {
            List<String> names = new ArrayList<>(usage.texts(list + "?unusedFor=10d", "name"));
            Collections.sort(names);
            assertThat(names).as(list).containsExactly("left", "unused");
        }
    }

    @Test
    void usageOfRemovedKeyIsGone() throws Exception {
        String key = usage.key("gone");
        usage.seen(key, "1 minute", 1, 0);
        SERVICE.get().send("DELETE", usage.keys() + key + "/", "");

        assertThat(usage.list(usage.own("key-usage/"))).isEmpty();
        assertThat(SERVICE.postgres()
                        .single("select count(*)::text from key_last_seen where accepted = 1"
                                + " and not exists (select from project_key where id = key_id)"))
                .isEqualTo("0");
    }

    @Test
    void removedAndInactiveKeysThatStillComeAreListed() throws Exception {
        String removed = usage.key("removed");
        String off = usage.key("off");
        String expired = usage.key("expired");
        usage.seen(usage.key("good"), "1 minute", 5, 5);
        usage.refused(off, "2 minutes", 7);
        usage.refused(expired, "4 minutes", 8);
        SERVICE.get().send("DELETE", usage.keys() + removed + "/", "");
        SERVICE.get().send("DELETE", usage.keys() + usage.key("quiet") + "/", "");
        SERVICE.get().send("PUT", usage.keys() + off + "/", """
                {"isActive":false}""");
        SERVICE.postgres().execute("update project_key set date_expires = now() where label = 'expired'");
        SERVICE.postgres()
                .execute("update removed_client_key set rejected = 9, last_rejected = now() - interval '3 minutes'"
                        + " where public_key = '" + removed + "'");

        String list = usage.own("rejected-keys/?per_page=");
        assertThat(usage.texts(list + "100", "name")).containsExactly("off", "removed", "expired");
        assertThat(usage.texts(list + "100", "reason")).containsExactly("inactive", "removed", "expired");
        assertThat(usage.texts(list + "100", "count")).containsExactly("7", "9", "8");
        assertThat(usage.allPages(list + "1", "name")).containsExactly("off", "removed", "expired");
        assertThat(usage.list(list + "1").get(0).fieldNames())
                .toIterable()
                .containsExactly("id", "name", "projectId", "reason", "count", "lastSeen");
    }

    @Test
    void keyThatWasRefusedOnlyBeforeItWasSwitchedOffIsNotListed() throws Exception {
        String key = usage.key("quiet since");
        usage.seen(key, "1 minute", 5, 7);
        SERVICE.get().send("PUT", usage.keys() + key + "/", """
                {"isActive":false}""");

        assertThat(usage.list(usage.own("rejected-keys/"))).isEmpty();
    }

    @Test
    void keyThatNoLongerComesIsNotListed() throws Exception {
        String key = usage.key("gone");
        usage.refused(key, "31 days", 7);
        SERVICE.get().send("PUT", usage.keys() + key + "/", """
                {"isActive":false}""");

        assertThat(usage.list(usage.own("rejected-keys/"))).isEmpty();
    }

    /** Ten removed keys and ten keys that are off were refused at the same time, one more before and one after. */
    @Test
    void pagesOfKeysThatWereRefusedAtTheSameTimeAreComplete() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            String key = usage.key("key" + i);
            names.add("key" + i);
            usage.refused(key, "2 minutes", 1);
            if (i < 10) {
                SERVICE.get().send("DELETE", usage.keys() + key + "/", "");
            }
        }
        SERVICE.postgres().execute("""
                update project_key set active = false;
                update key_last_seen set last_refused = date_trunc('minute', now()) + case label
                    when 'key20' then interval '-1 minute' when 'key21' then interval '-3 minutes' else interval '-2 minutes' end
                from project_key where id = key_id;
                update removed_client_key
                set rejected = 1, last_rejected = date_trunc('minute', now()) - interval '2 minutes'
                where label like 'key%'""");

        for (int perPage : List.of(1, 3, 7, 100)) {
            List<String> shown = usage.allPages(usage.own("rejected-keys/?per_page=" + perPage), "name");
            assertThat(shown).containsExactlyInAnyOrderElementsOf(names);
            assertThat(shown.get(0) + " " + shown.get(21)).isEqualTo("key20 key21");
        }
    }

    @Test
    void keysOfOtherOrganizationsAreNotListed() throws Exception {
        String key = usage.key("secret");
        usage.refused(key, "1 minute", 7);
        SERVICE.get().send("PUT", usage.keys() + key + "/", """
                {"isActive":false}""");
        UsageService other = UsageService.create(SERVICE, "other" + organizations);

        assertThat(other.list(other.own("key-usage/"))).isEmpty();
        assertThat(other.list(other.own("rejected-keys/"))).isEmpty();
    }
}
