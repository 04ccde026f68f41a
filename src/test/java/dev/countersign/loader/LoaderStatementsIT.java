package dev.countersign.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What loaders cost the database, counted on the wire, and when they obey a change that another replica makes. */
@ExtendWith(Replicas.class)
class LoaderStatementsIT {

    private static final Duration PROMISE = Duration.ofSeconds(1);
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
        // Announced changes of other rows can keep a value from being kept.
        assertThat(Poll.until(this::statementsOfOneLoader, List::isEmpty)).isEmpty();

        replicas.proxy().takeExecuted();
        for (int i = 0; i < 100; i++) {
            assertThat(loader(key)).contains(key);
        }
        assertThat(ofLoaders()).isEmpty();
    }

    @Test
    void textThatIsNoKeyCostsNoStatement() throws Exception {
        replicas.proxy().takeExecuted();

        assertThat(loader("x")).doesNotContain("__SENTRY__");
        assertThat(loader(key.toUpperCase())).doesNotContain("__SENTRY__");

        assertThat(ofLoaders()).isEmpty();
    }

    @Test
    void switchedOffKeyIsObeyedWithinASecond() throws Exception {
        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");
        Thread.sleep(PROMISE.toMillis());

        assertThat(loader(key)).doesNotContain(key);

        Api.operator().put(tenant.key(key), """
                {"isActive":true}""");
        Thread.sleep(PROMISE.toMillis());
        assertThat(loader(key)).contains(key);
    }

    @Test
    void plainSqlIsObeyedWithinASecond() throws Exception {
        replicas.sql("update project_key set active = false where public_key = '" + key + "'");
        Thread.sleep(PROMISE.toMillis());

        assertThat(loader(key)).doesNotContain(key);
    }

    @Test
    void removedOrganizationIsObeyedWithinASecond() throws Exception {
        Api.operator().delete(tenant.path("organizations/{o}/"));
        Poll.until(() -> Api.operator().get(tenant.path("organizations/{o}/")).statusCode(), status -> status == 404);
        Thread.sleep(PROMISE.toMillis());

        assertThat(loader(key)).doesNotContain(key);
    }

    @Test
    void ingestHostOfTheProjectIsThatOfTheDsn() throws Exception {
        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"ingest":"eu-west"}""").then().statusCode(200);
        Thread.sleep(PROMISE.toMillis());

        assertThat(loader(key)).contains("\"dsn\":\"https://" + key + "@eu.example.com/" + tenant.projectId() + "\"");
    }

    @Test
    void createdKeyIsKnownWithinASecond() throws Exception {
        String own = UUID.randomUUID().toString().replace("-", "");
        assertThat(loader(own)).doesNotContain(own);

        tenant.newKey("""
                {"public":"%s"}""".formatted(own));
        Thread.sleep(PROMISE.toMillis());

        assertThat(loader(own)).contains(own);
    }

    /** One statement is under way at a time, and asks for all keys that wait. */
    @Test
    void floodOfUnknownKeysSendsFewStatementsAndLeavesOthersAlone() throws Exception {
        Client client = replicas.second().client(Duration.ofSeconds(20));
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

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
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

    private List<String> statementsOfOneLoader() {
        replicas.proxy().takeExecuted();
        status(key);
        return ofLoaders();
    }

    private List<String> ofLoaders() {
        return replicas.proxy().takeExecuted().stream()
                .filter(statement -> statement.contains("browser_sdk_version") && statement.contains("any($1)"))
                .toList();
    }

    private String loader(String publicKey) throws Exception {
        return replicas.second().get(path(publicKey)).body();
    }

    private int status(String publicKey) {
        return replicas.second()
                .client(Duration.ofSeconds(20))
                .send("GET", path(publicKey), "")
                .join()
                .statusCode();
    }

    private static String path(String publicKey) {
        return "/js-sdk-loader/" + publicKey + ".min.js";
    }
}
