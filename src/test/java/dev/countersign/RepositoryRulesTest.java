package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only repositories hold, build and send queries, and each rule finds other classes that do. The patterns of queries make
 * the class long.
 */
class RepositoryRulesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/countersign");

    /** Inherited methods that a repository may call. All others write past the audit log or read without a page. */
    private static final Set<String> INHERITED = Set.of("find", "findById", "flush", "getSession", "persistAndFlush");

    private static final Set<String> EDITS =
            Set.of("replace", "replaceAll", "replaceFirst", "insert", "deleteCharAt", "setCharAt");

    /** Comments come first, so that a quote in a comment begins no text. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\n]*|/[*].*?[*]/|'(?:\\\\.|[^'\\\\\n])+'|\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\\n])*)\"",
            Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile(
            "\\bselect\\s.*\\bfrom\\b|\\bselect\\s+(count|pg_|set_config|exists)|\\binsert\\s+into\\b|\\bdelete\\s+from\\b"
                    + "|\\bupdate\\s+\\w+\\s.*\\bset\\b|\\bupdate\\s+\\w+\\s+set\\b|^\\s*from\\s+[A-Z]\\w+"
                    + "|^\\s*(listen|notify|truncate)\\s",
            Pattern.DOTALL);

    private static final ArchRule ONLY_REPOSITORIES_OPEN_SESSIONS = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Repository")
            .and()
            .resideOutsideOfPackage("dev.countersign.postgres..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Panache.class)
            .because("sessions are opened in one layer");

    private static final ArchRule ONLY_THE_REPOSITORY_ITSELF_USES_PANACHE = noClasses()
            .should()
            .callMethodWhere(describe("a method is Panache's", RepositoryRulesTest::isClosed))
            .because("what a repository inherits knows neither locks nor the audit log nor pages");

    private static final ArchRule NOTHING_IS_STORED_THROUGH_A_SESSION = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a session stores or removes an object",
                    (JavaCall<?> call) -> (call.getTargetOwner().isAssignableTo(Mutiny.Session.class)
                                    || call.getTargetOwner().isAssignableTo(Mutiny.StatelessSession.class))
                            && call.getTarget()
                                    .getName()
                                    .matches("(persist|remove|merge|insert|update|delete|upsert).*")))
            .because("a change is a RowChange, a removal says who removes");

    private static final ArchRule NO_QUERY_IS_EDITED = noClasses()
            .that(holdQueries())
            .should()
            .callMethodWhere(describe(
                    "a text is edited",
                    (JavaCall<?> call) -> Set.of("java.lang.String", "java.lang.StringBuilder")
                                    .contains(call.getTargetOwner().getName())
                            && EDITS.contains(call.getTarget().getName())))
            .because("a query is read as it was written");

    @Test
    void onlyRepositoriesOpenSessions() {
        ONLY_REPOSITORIES_OPEN_SESSIONS.check(ArchitectureTest.CLASSES);
    }

    @Test
    void onlyRepositoriesHoldQueries() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java") && !mayHoldQueries(file))
                            .flatMap(file -> queries(read(file)).map(query -> file.getFileName() + ": " + query)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    String a = "select label from project_key";
                    String a = "insert into team (slug) values ('x')";
                    String a = "update project_key set label = :label";
                    String a = "delete from project_key";
                    String a = "from ProjectKey where active";
                    """)
    @ValueSource(strings = "String a = \"\"\"\n    select id,\n      label\n    from project_key\n    \"\"\";")
    void ruleFindsQueriesInOtherClasses(String source) {
        assertThat(queries(source)).hasSize(1);
        assertThat(queries("/* " + source + " */")).isEmpty();
    }

    @Test
    void noQueryTextIsEdited() {
        NO_QUERY_IS_EDITED.check(ArchitectureTest.CLASSES);
        assertFinds(NO_QUERY_IS_EDITED, QueryOffenders.EditingRepository.class);
    }

    @Test
    void inheritedRepositoryMethodsAreNotCalled() {
        ONLY_THE_REPOSITORY_ITSELF_USES_PANACHE.check(ArchitectureTest.CLASSES);
        NOTHING_IS_STORED_THROUGH_A_SESSION.check(ArchitectureTest.CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                QueryOffenders.DeletesById.class,
                QueryOffenders.DeletesAll.class,
                QueryOffenders.UpdatesByQuery.class,
                QueryOffenders.Persists.class,
                QueryOffenders.Lists.class,
                QueryOffenders.DeletingRepository.class
            })
    void ruleFindsCallsOfInheritedRepositoryMethods(Class<?> offender) {
        assertFinds(ONLY_THE_REPOSITORY_ITSELF_USES_PANACHE, offender);
    }

    @Test
    void ruleFindsRemovalsThroughASession() {
        assertFinds(NOTHING_IS_STORED_THROUGH_A_SESSION, QueryOffenders.RemovesThroughSession.class);
    }

    /**
     * The columns of client keys and of API keys each stand in one file. Moving in and out is left out: it names them beside
     * those of other programs, and in SQL over whole tables.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"rate_limit_window", "has_logs_and_metrics", "secret_key", "browser_sdk_version", "key_hash"})
    void everyColumnIsNamedInOneFile(String column) throws IOException {
        Pattern name = Pattern.compile("\\b" + column + "\\b");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !SOURCES.relativize(file).startsWith("transfer"))
                            .filter(file -> texts(read(file))
                                    .anyMatch(text -> name.matcher(text).find())))
                    .singleElement()
                    .asString()
                    .endsWith("KeyTable.java");
        }
    }

    /** A query that lists the kinds of callers forgets the next one. */
    @Test
    void noQueryKnowsTheKindsOfCallers() throws IOException {
        Pattern kind = Pattern.compile("'operator'|'api-key:");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(file -> texts(read(file))
                            .filter(text -> kind.matcher(text).find())))
                    .isEmpty();
        }
    }

    private static void assertFinds(ArchRule rule, Class<?> offender) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(offender))
                        .hasViolation())
                .isTrue();
    }

    private static boolean isClosed(JavaCall<?> call) {
        boolean inherited = call.getTargetOwner().isAssignableTo(PanacheRepositoryBase.class)
                && call.getTarget().resolveMember().stream()
                        .anyMatch(member -> member.getOwner().getPackageName().equals(packageOfPanache()));
        boolean own = call.getOriginOwner().isAssignableTo(PanacheRepositoryBase.class)
                && call.getOriginOwner().isAssignableTo(call.getTargetOwner().getName());
        return inherited && !(own && INHERITED.contains(call.getTarget().getName()));
    }

    private static String packageOfPanache() {
        return PanacheRepositoryBase.class.getPackageName();
    }

    private static DescribedPredicate<JavaClass> holdQueries() {
        return simpleNameEndingWith("Repository")
                .or(simpleNameEndingWith("Table"))
                .or(simpleNameEndingWith("Query"))
                .or(describe("rows", type -> type.getPackageName().startsWith("dev.countersign.postgres.row")));
    }

    /** Repositories and their parts, and classes that query the database outside of requests. */
    private static boolean mayHoldQueries(Path file) {
        String name = SOURCES.relativize(file).toString();
        return name.matches(".*(Repository|Table|Query)[.]java")
                || name.matches("(postgres|migration|announcement|transfer/staging|transfer/export)/.*");
    }

    private static Stream<String> queries(String source) {
        return texts(source).filter(text -> QUERY.matcher(text).find());
    }

    /** All texts of a source file, without comments. */
    private static Stream<String> texts(String source) {
        return TOKEN.matcher(source).results().flatMap(RepositoryRulesTest::text);
    }

    private static Stream<String> text(MatchResult token) {
        return Stream.of(token.group(1), token.group(2)).filter(text -> text != null);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
