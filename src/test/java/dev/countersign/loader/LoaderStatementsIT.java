package dev.countersign.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What loaders cost the database, counted on the wire, and when they obey a change that another replica makes. */
@WithReplicas
class LoaderStatementsIT {

    private static final int UNKNOWN_KEYS = 5_000;
    private static final int AT_ONCE = 500;

    private final Replicas.Pair replicas;
    private Tenant tenant;
    private String key;

    LoaderStatementsIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createKey() throws Exception {
        tenant = replicas.newTenant();
        key = tenant.newKey("{}");
        assertThat(loader(key)).contains(key);
    }

    @Test
    void knownKeyCostsNoStatement() throws Exception {
        // Announced changes of other rows can keep a value from being kept, and so does a pause in which no
        // announcement is heard.
        assertThat(Poll.until(this::statementsOfAHundredLoaders, List::isEmpty)).isEmpty();
    }

    @Test
    void textThatIsNoKeyCostsNoStatement() throws Exception {
        replicas.proxy().takeExecuted();

        assertThat(loader("x")).doesNotContain("__SENTRY__");
        assertThat(loader(key.toUpperCase())).doesNotContain("__SENTRY__");

        assertThat(ofLoaders()).isEmpty();
    }

    @Test
    void switchedOffKeyIsObeyed() throws Exception {
        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");
        awaitLoader(key, script -> !script.contains(key));

        Api.operator().put(tenant.key(key), """
                {"isActive":true}""");
        awaitLoader(key, script -> script.contains(key));
    }

    @Test
    void plainSqlIsObeyed() throws Exception {
        replicas.sql("update project_key set active = false where public_key = '" + key + "'");
        awaitLoader(key, script -> !script.contains(key));
    }

    @Test
    void removedOrganizationIsObeyed() throws Exception {
        Api.operator().delete(tenant.path("organizations/{o}/"));
        Poll.until(() -> Api.operator().get(tenant.path("organizations/{o}/")).statusCode(), status -> status == 404);
        awaitLoader(key, script -> !script.contains(key));
    }

    @Test
    void ingestHostOfTheProjectIsThatOfTheDsn() throws Exception {
        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"ingest":"eu-west"}""").then().statusCode(200);
        awaitLoader(
                key,
                script -> script.contains("\"dsn\":\"https://" + key + "@eu.example.com/" + tenant.projectId() + "\""));
    }

    @Test
    void createdKeyIsKnown() throws Exception {
        String own = UUID.randomUUID().toString().replace("-", "");
        assertThat(loader(own)).doesNotContain(own);

        tenant.newKey("""
                {"public":"%s"}""".formatted(own));
        awaitLoader(own, script -> script.contains(own));
    }

    /** One statement is under way at a time, and asks for all keys that wait. */
    @Test
    void floodOfUnknownKeysSendsFewStatementsAndLeavesOthersAlone() throws Exception {
        Client client = replicas.second().client(Duration.ofSeconds(60));
        replicas.proxy().takeExecuted();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < UNKNOWN_KEYS; i++) {
            String unknown = UUID.randomUUID().toString().replace("-", "");
            answers.add(client.send("GET", path(unknown), ""));
            if (i % AT_ONCE == AT_ONCE - 1) {
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .join();
            }
        }

        // A look-up that takes longer than the loader waits, as on a busy machine, is told so.
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(statuses).isSubsetOf(200, 503);
        assertThat(statuses).filteredOn(status -> status == 200).hasSizeGreaterThan(UNKNOWN_KEYS / 2);
        assertThat(ofLoaders()).isNotEmpty().hasSizeLessThan(UNKNOWN_KEYS / 2);
        assertThat(loader(key)).contains(key);
    }

    @Test
    void databaseThatIsAwayIsToldAndNotKept() throws Exception {
        String unknown = UUID.randomUUID().toString().replace("-", "");
        replicas.proxy().hang();
        try {
            HttpResponse<String> answer = replicas.second().get(path(unknown));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(replicas.second().metric("countersign_loader_requests_total{outcome=\"unavailable\"}"))
                    .isNotEqualTo("0.0");
        } finally {
            replicas.proxy().resume();
        }
        assertThat(Poll.until(() -> status(unknown), status -> status == 200)).isEqualTo(200);
    }

    private List<String> statementsOfAHundredLoaders() {
        replicas.proxy().takeExecuted();
        for (int i = 0; i < 100; i++) {
            assertThat(loader(key)).contains(key);
        }
        return ofLoaders();
    }

    private List<String> ofLoaders() {
        return replicas.proxy().takeExecuted().stream()
                .filter(statement -> statement.contains("browser_sdk_version") && statement.contains("any($1)"))
                .toList();
    }

    /** What the second replica hands out, once its database answers in time: on a busy machine, a look-up may take longer. */
    private String loader(String publicKey) {
        return Poll.until(() -> answer(publicKey), answer -> answer.statusCode() != 503)
                .body();
    }

    /** Waits until the second replica obeys. It keeps a key without a limit of time, unless it is told of a change. */
    private void awaitLoader(String publicKey, Predicate<String> fits) {
        assertThat(Poll.until(() -> loader(publicKey), fits)).matches(fits);
    }

    private int status(String publicKey) {
        return answer(publicKey).statusCode();
    }

    private HttpResponse<String> answer(String publicKey) {
        return replicas.second()
                .client(Duration.ofSeconds(60))
                .send("GET", path(publicKey), "")
                .join();
    }

    private static String path(String publicKey) {
        return "/js-sdk-loader/" + publicKey + ".min.js";
    }
}
