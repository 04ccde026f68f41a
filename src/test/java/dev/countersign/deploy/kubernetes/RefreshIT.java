package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hundred Secrets that are refreshed every five seconds write nothing. The table of figures is in {@code target/kubernetes}. */
@OnACluster
class RefreshIT {

    private static final int SECRETS = 200;
    private static final int REFRESHES = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path TABLE = Path.of("target", "kubernetes", "refresh.md");

    /** Requests with a route of our own, whatever their status. */
    private static final Pattern REQUESTS =
            Pattern.compile("(?m)^http_server_requests_seconds_count\\{.*uri=\"/api/countersign/.*} (\\S+)$");

    private static final List<String> ROWS = new ArrayList<>(List.of(
            "| recipe | Secrets | requests a second | CPU of the service | rows written |", "|---|---|---|---|---|"));

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static Shop shop;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                CLUSTER.knows("external-secrets.io/v1"), "External Secrets Operator is not installed in this cluster");
        shop = Shop.open(CLUSTER, SERVICE.get());
    }

    @AfterAll
    static void publish() throws Exception {
        Files.createDirectories(TABLE.getParent());
        Files.write(TABLE, ROWS);
        System.out.println(String.join("\n", ROWS));
    }

    @AfterEach
    void endTheRefreshes() {
        CLUSTER.removeApplied();
    }

    @ParameterizedTest
    @ValueSource(strings = {"external-secret/dsn.yaml", "named-key/external-secret.yaml"})
    void twoHundredSecretsAreRefreshedWithoutAWrite(String file) throws Exception {
        String project = shop.newProject();
        shop.newKey(project, "production");
        shop.applyStores();
        if (file.startsWith("named-key")) {
            CLUSTER.apply(shop.recipe("named-key/generator.yaml", project));
        }
        List<String> recipes = IntStream.range(0, SECRETS)
                .mapToObj(i -> shop.recipe(file, project)
                        .replace("refreshInterval: 1s", "refreshInterval: 5s")
                        .replaceFirst("name: (\\S+)", "name: $1-" + i))
                .toList();
        recipes.forEach(CLUSTER::apply);
        for (String recipe : recipes) {
            Poll.until(() -> shop.refreshTime(recipe), time -> !time.isEmpty());
        }
        long written = writtenRows();
        double requests = requests();
        long cpu = cpuMillis();
        long start = System.nanoTime();
        double asked = 0;
        while (asked < REFRESHES * SECRETS && System.nanoTime() - start < PATIENCE.toNanos()) {
            TimeUnit.SECONDS.sleep(1);
            asked = requests() - requests;
        }

        double seconds = (System.nanoTime() - start) / 1e9;
        long worked = cpuMillis() - cpu;
        long rows = writtenRows() - written;
        ROWS.add(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f %% of a core | %d |",
                file,
                SECRETS,
                asked / seconds,
                worked / seconds / 10,
                rows));
        assertThat(asked).as("requests").isGreaterThanOrEqualTo(REFRESHES * SECRETS);
        assertThat(rows).isZero();
    }

    private static double requests() throws Exception {
        return REQUESTS.matcher(SERVICE.get().get("/q/metrics").body())
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }

    private static long cpuMillis() {
        return SERVICE.get()
                .process()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    /**
     * PostgreSQL's own count, without the row of the API key, whose time of last use is written each minute. A session reports
     * its share after a second at the latest, and when it is idle.
     */
    private static long writtenRows() throws Exception {
        TimeUnit.SECONDS.sleep(2);
        try (var connection = SERVICE.postgres().server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables where relname <> 'api_key'
                        """)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
