package dev.countersign;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packages and their order; each rule says why it exists. */
class ArchitectureTest {

    /** The packages, row by row. Each imports packages that stand before it, and no others. */
    private static final List<List<String>> ROWS = List.of(
            List.of("crypto", "slug", "dsn", "sqlstate"),
            List.of(
                    "web.contract",
                    "web.route",
                    "web.error",
                    "web.answer",
                    "web.connection",
                    "web.server",
                    "web.json",
                    "web.member",
                    "web.body",
                    "web.shortcut",
                    "web.filter",
                    "web.paging"),
            List.of(
                    "postgres.driver",
                    "postgres.connection",
                    "postgres.turn",
                    "postgres.table",
                    "postgres.merge",
                    "postgres.pool",
                    "postgres.row",
                    "postgres.batch",
                    "migration",
                    "announcement",
                    "retention"),
            List.of("credential.limit", "credential", "credential.token", "idempotency"),
            List.of(
                    "ratelimit",
                    "ingest",
                    "organization",
                    "apikey",
                    "team",
                    "project.store",
                    "project.link",
                    "project.setting",
                    "project",
                    "project.team",
                    "projectkey.identity",
                    "projectkey.store",
                    "projectkey",
                    "projectkey.rotation",
                    "namedkey",
                    "auditlog"),
            List.of("wizard", "console", "installation"),
            List.of(
                    "gate.request",
                    "gate.source",
                    "gate.known",
                    "gate.count",
                    "gate.asker",
                    "gate.server",
                    "usage.seen",
                    "usage.stats",
                    "usage",
                    "relay.signature",
                    "relay.trusted",
                    "relay.registration",
                    "relay.projectconfig",
                    "relay.outcome",
                    "relay"),
            List.of("loader.sdk", "loader"),
            List.of(
                    "declaration.syntax",
                    "declaration.document",
                    "declaration.schema",
                    "declaration",
                    "declaration.reader",
                    "apply.plan",
                    "apply.compare",
                    "apply.store"),
            List.of("settings", "settings.start", "executable", "health", "openapi", "development", "command", "apply"),
            List.of(
                    "transfer.input",
                    "transfer.row",
                    "transfer.archive",
                    "transfer.source",
                    "transfer.staging",
                    "transfer.export",
                    "transfer.api",
                    "transfer"),
            List.of("issuer.setting", "issuer.key", "issuer.token", "issuer.grant", "issuer"));

    private static final List<String> ROOMS =
            ROWS.stream().flatMap(List::stream).toList();

    private static final int MAX_TYPES = 10;

    private static final int MAX_LINES = 200;

    /** All packaged classes, read once for all rules. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.countersign");

    @TestFactory
    Stream<DynamicTest> packagesImportOnlyEarlierPackages() {
        return IntStream.range(0, ROOMS.size())
                .mapToObj(i -> DynamicTest.dynamicTest(ROOMS.get(i), () -> {
                    String[] later = ROOMS.stream()
                            .skip(i + 1L)
                            .map(ArchitectureTest::inPackage)
                            .toArray(String[]::new);
                    if (later.length > 0) {
                        check(noClasses()
                                .that()
                                .resideInAPackage(inPackage(ROOMS.get(i)))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(later)
                                .because("who knows the URL knows what a package may touch"));
                    }
                }));
    }

    @Test
    void everyPackageIsListed() {
        check(classes()
                .that(are(resideOutsideOfPackages("dev.countersign")))
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(ArchitectureTest::inPackage).toArray(String[]::new)));
    }

    @TestFactory
    Stream<DynamicTest> packagesHoldAtMostTenTypes() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(room, () -> {
                    try (Stream<Path> files = Files.list(folder(room))) {
                        Assertions.assertThat(files.map(
                                                file -> file.getFileName().toString())
                                        .filter(name -> name.endsWith(".java") && !name.equals("package-info.java")))
                                .as("a room that would hold more is two rooms with two nouns")
                                .hasSizeBetween(1, MAX_TYPES);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyPackageInfoNamesItsPromise() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(room, () -> Assertions.assertThat(
                                Files.readString(folder(room).resolve("package-info.java")))
                        .startsWith("/**")
                        .containsPattern("(?i)promise")));
    }

    @Test
    void slugsAndDsnsUseNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.countersign.slug", "dev.countersign.dsn")
                .or()
                .haveSimpleName("Cursor")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..", "org.hibernate..", "io.smallrye.mutiny..", "io.vertx..", "io.quarkus..")
                .because("they are tested with new, in milliseconds"));
    }

    /** {@link VertxInternalsTest} says which of them each class uses. */
    @Test
    void onlyFourPackagesUseInternalsOfVertxAndNetty() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        inPackage("web.connection"),
                        inPackage("web.server"),
                        inPackage("web.shortcut"),
                        inPackage("postgres.driver"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..impl..", "io.vertx..spi..", "io.netty.channel..", "io.netty.handler.ssl..")
                .because("they change without notice, and an upgrade must not be searched for everywhere"));
    }

    @Test
    void noFieldIsInjected() {
        check(noFields().should().beAnnotatedWith(Inject.class));
    }

    @Test
    void configurationInterfacesEndInConfig() {
        check(classes().that().areAnnotatedWith(ConfigMapping.class).should().haveSimpleNameEndingWith("Config"));
    }

    @Test
    void noFileExceedsTwoHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Assertions.assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> lines(file) > MAX_LINES))
                    .as("past %d lines a file is two things", MAX_LINES)
                    .isEmpty();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String inPackage(String room) {
        return "dev.countersign." + room;
    }

    private static Path folder(String room) {
        return Path.of("src/main/java/dev/countersign", room.split("\\."));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
