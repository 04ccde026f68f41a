package dev.countersign.idempotency;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.countersign.web.contract.Idempotent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The methods that honour an {@code Idempotency-Key} are those whose OpenAPI description says so. */
class IdempotentMethodsTest {

    private static final List<JavaMethod> METHODS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.countersign").stream()
                    .filter(type -> type.getSimpleName().endsWith("Resource"))
                    .flatMap(type -> type.getMethods().stream())
                    .toList();

    @Test
    void describedMethodsAreThoseThatCreateOnce() {
        List<String> described = METHODS.stream()
                .filter(method -> method.isAnnotatedWith(Idempotent.class))
                .map(JavaMethod::getFullName)
                .toList();
        List<String> creating = METHODS.stream()
                .filter(method -> method.getMethodCallsFromSelf().stream()
                        .anyMatch(target(name("create")).and(target(owner(name(Idempotency.class.getName()))))))
                .map(JavaMethod::getFullName)
                .toList();

        assertThat(described).hasSizeGreaterThanOrEqualTo(5).containsExactlyInAnyOrderElementsOf(creating);
    }
}
