package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the native executable must be told, because no code refers to it. */
class NativeTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern MADE_BY_A_QUERY = Pattern.compile("\"select new ([\\w.$]+)\\(");

    private static final JavaClasses CLASSES = ArchitectureTest.CLASSES;

    @Test
    void whatIsWrittenAsJsonIsRegistered() {
        classes()
                .that(are(describe("records of a response", NativeTest::isOfAResponse)))
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .because("a member that is declared as Object does not say what it may hold")
                .check(CLASSES);
    }

    private static boolean isOfAResponse(JavaClass type) {
        return type.isRecord() && type.getName().replaceFirst("\\$.*", "").endsWith("Response");
    }

    @Test
    void whatAQueryMakesIsRegistered() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(Files::isRegularFile)
                            .flatMap(NativeTest::madeByQueries)
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(made -> assertThat(CLASSES.get(made).isAnnotatedWith(RegisterForReflection.class))
                            .as(made)
                            .isTrue());
        }
    }

    private static Stream<String> madeByQueries(Path source) {
        try {
            return MADE_BY_A_QUERY.matcher(Files.readString(source)).results().map(match -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
