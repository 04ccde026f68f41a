package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.PostgresProxy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that hangs ends a run in the background, and the next run heals. */
@QuarkusTest
class HealingHangTest extends WithDocuments {

    private static final int CONVERTERS = 200;
    private static final int PATIENCE_SECONDS = 60;

    private PostgresProxy network;
    private Healing healing;
    private Path document;

    @BeforeEach
    void connectThroughAProxy() throws IOException {
        network = new PostgresProxy(database().getPort());
        SmallRyeConfig config = config();
        healing = new Healing(
                config.getConfigMapping(ApplyConfig.class),
                config.getConfigMapping(DatabaseConfig.class).connection(),
                hosts(),
                defaults());
        document = folder.resolve("acme.yaml");
        declare("First");
    }

    @AfterEach
    void close() throws IOException {
        network.resume();
        healing.close();
        network.close();
    }

    @Test
    void silentDatabaseEndsARun() {
        runWell();
        double age = healing.secondsSinceGoodRun();
        network.hang();

        run();

        assertThat(healing.heldBack()).isNaN();
        assertThat(healing.secondsSinceGoodRun()).isGreaterThan(age);
        network.resume();
        runWell();
    }

    @Test
    void databaseThatFallsSilentWithinATransactionEndsTheRun() throws IOException {
        runWell();
        declare("Second");
        CompletableFuture<Void> reached = network.hangAt("select cast(pg_advisory_xact_lock", false);

        Poll.until(this::heldBackByARun, any -> reached.isDone());

        assertThat(reached).isCompleted();
        assertThat(healing.heldBack()).isNaN();
        network.resume();
        runWell();
        operator.get("organizations/" + organization + "/").then().body("name", equalTo("Second"));
    }

    @Test
    void runThatFindsFaultsIsNoGoodRun() throws IOException {
        runWell();
        Files.writeString(document, "countersign: v1");

        double[] age = new double[1];
        double heldBack = Poll.until(
                () -> {
                    age[0] = healing.secondsSinceGoodRun();
                    return heldBackByARun();
                },
                value -> !value.isNaN());

        assertThat(heldBack).isEqualTo(1);
        assertThat(healing.secondsSinceGoodRun()).isGreaterThan(age[0]);
    }

    /** A busy machine may exceed the short time limits, and the lock of a connection that ended is free a little later. */
    private void runWell() {
        assertThat(Poll.until(this::heldBackByARun, value -> value == 0)).isZero();
    }

    private double heldBackByARun() {
        run();
        return healing.heldBack();
    }

    private void run() {
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> healing.run(folder.toString()));
        assertThat(run).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void declare(String name) throws IOException {
        Files.writeString(document, """
                countersign: v1
                organization: %s
                name: %s
                """.formatted(organization, name));
    }

    private static URI database() {
        return URI.create(ConfigProvider.getConfig().getValue("countersign.db.url", String.class));
    }

    private SmallRyeConfig config() {
        var own = Map.of(
                "countersign.db.url",
                "postgresql://localhost:" + network.port() + database().getPath(),
                "countersign.db.username",
                "postgres",
                "countersign.db.password",
                "postgres",
                "countersign.db.pool-size",
                "2",
                "countersign.db.statement-timeout",
                "100ms",
                "countersign.db.response-timeout",
                "200ms",
                "countersign.migrate",
                "never");
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, CONVERTERS, new DurationConverter())
                .withMapping(ApplyConfig.class)
                .withMapping(DatabaseConfig.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(own, "own", CONVERTERS))
                .build();
    }
}
