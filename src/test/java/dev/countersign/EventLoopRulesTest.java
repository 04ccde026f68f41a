package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.countersign.apikey.LastUseWriter;
import dev.countersign.gate.count.CountWriter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No class blocks an event loop, and each rule finds the classes that do. */
class EventLoopRulesTest {

    /** Blocking methods by their declaring type. Subtypes are included. */
    private static final Map<String, Set<String>> BLOCKING = Map.ofEntries(
            Map.entry("java.lang.Thread", Set.of("sleep", "join")),
            Map.entry("java.lang.Object", Set.of("wait")),
            Map.entry("java.util.concurrent.Future", Set.of("get")),
            Map.entry("java.util.concurrent.CompletableFuture", Set.of("get", "join")),
            Map.entry("java.util.concurrent.ExecutorService", Set.of("invokeAll", "invokeAny", "awaitTermination")),
            Map.entry("java.util.concurrent.CountDownLatch", Set.of("await")),
            Map.entry("java.util.concurrent.CyclicBarrier", Set.of("await")),
            Map.entry("java.util.concurrent.Semaphore", Set.of("acquire", "acquireUninterruptibly")),
            Map.entry("java.util.concurrent.BlockingQueue", Set.of("take", "put")),
            Map.entry("java.util.concurrent.locks.Condition", Set.of("await")),
            Map.entry("java.util.concurrent.locks.LockSupport", Set.of("park", "parkNanos", "parkUntil")),
            Map.entry("io.vertx.core.Future", Set.of("await")),
            Map.entry("io.smallrye.mutiny.Uni", Set.of("await", "awaitUsing")),
            Map.entry("io.smallrye.mutiny.groups.UniAwait", Set.of("indefinitely", "atMost", "asOptional")),
            Map.entry("io.smallrye.mutiny.groups.MultiSubscribe", Set.of("asIterable", "asStream")),
            Map.entry(
                    "io.quarkus.vertx.VertxContextSupport",
                    Set.of("subscribeAndAwait", "executeBlocking", "subscribeWith")));

    private static final Set<String> FILES = Set.of(
            "java.nio.file.Files",
            "java.nio.channels.FileChannel",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.net.Socket",
            "java.net.http.HttpClient");

    private static final ArchRule NOBODY_WAITS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.countersign.development", // never packaged
                    "dev.countersign.transfer..") // commands, in a process that serves nothing
            .and()
            .doNotHaveFullyQualifiedName(
                    LastUseWriter.class.getName()) // writes on a thread of its own: see the rule below
            .and()
            .doNotHaveFullyQualifiedName(CountWriter.class.getName()) // writes at shutdown: see the rule below
            .should()
            .callMethodWhere(waits())
            .as("nobody waits");

    private static final ArchRule NOBODY_READS_FILES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.countersign.development", // never packaged
                    "dev.countersign.settings", // judged before the service listens
                    "dev.countersign.issuer.setting", // judged before the service listens
                    "dev.countersign.transfer..", // commands, in a process that serves nothing
                    "dev.countersign.declaration..") // read by a command, or on a thread of its own
            .and()
            .doNotHaveFullyQualifiedName("dev.countersign.credential.token.ConfiguredToken") // read once, at start
            .and()
            .doNotHaveFullyQualifiedName("dev.countersign.loader.sdk.SdkFolder") // read once, at start
            .and()
            .doNotHaveFullyQualifiedName("dev.countersign.issuer.key.FileKeySource") // reads on a worker thread
            .should()
            .accessTargetWhere(describe(
                    "it reads or writes a file, or asks the network and waits",
                    (JavaAccess<?> access) ->
                            FILES.contains(access.getTargetOwner().getFullName())))
            .as("nobody reads files");

    private static final ArchRule ONLY_FLYWAY_AND_COMMANDS_USE_JDBC = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.countersign.sqlstate",
                    "dev.countersign.postgres..",
                    "dev.countersign.migration",
                    "dev.countersign.command", // a command has no event loop
                    "dev.countersign.apply..", // a command, or a thread of its own
                    "dev.countersign.transfer..", // commands
                    "dev.countersign.development")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..", "org.postgresql..");

    @Test
    void nothingBlocksAnEventLoop() {
        NOBODY_WAITS.check(ArchitectureTest.CLASSES);
        NOBODY_READS_FILES.check(ArchitectureTest.CLASSES);
        ONLY_FLYWAY_AND_COMMANDS_USE_JDBC.check(ArchitectureTest.CLASSES);
    }

    /** Each waiting class waits in one method: on its own thread, and on the thread that shuts the service down. */
    @Test
    void writersWaitInOneMethodOnly() {
        assertWaitsIn(LastUseWriter.class, "write");
        assertWaitsIn(CountWriter.class, "writeAndWait");
    }

    private static void assertWaitsIn(Class<?> writer, String method) {
        var waits = ArchitectureTest.CLASSES.get(writer).getMethodCallsFromSelf().stream()
                .filter(call -> waits().test(call))
                .toList();

        assertThat(waits).singleElement().satisfies(call -> {
            assertThat(call.getTarget().getName()).isEqualTo("subscribeAndAwait");
            assertThat(call.getOrigin().getName()).isEqualTo(method);
        });
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                WaitingOffenders.Sleeps.class,
                WaitingOffenders.AwaitsUni.class,
                WaitingOffenders.AwaitsContext.class,
                WaitingOffenders.Joins.class,
                WaitingOffenders.Gets.class,
                WaitingOffenders.AwaitsFuture.class,
                WaitingOffenders.Latches.class,
                WaitingOffenders.Iterates.class
            })
    void ruleFindsWaitingClasses(Class<?> offender) {
        assertThat(NOBODY_WAITS
                        .evaluate(new ClassFileImporter().importClasses(offender))
                        .hasViolation())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {WaitingOffenders.ReadsPath.class, WaitingOffenders.ReadsStream.class})
    void ruleFindsClassesThatReadFiles(Class<?> offender) {
        assertThat(NOBODY_READS_FILES
                        .evaluate(new ClassFileImporter().importClasses(offender))
                        .hasViolation())
                .isTrue();
    }

    private static DescribedPredicate<JavaCall<?>> waits() {
        return describe("it waits", call -> BLOCKING.entrySet().stream()
                .filter(entry -> entry.getValue().contains(call.getTarget().getName()))
                .anyMatch(entry -> call.getTargetOwner().isAssignableTo(entry.getKey())));
    }
}
