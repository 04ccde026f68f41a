package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.junit.jupiter.api.Test;

/** Types that the native executable has to register, because it reaches them by reflection only. */
class NativeTest {

    private static final JavaClasses CLASSES = ArchitectureTest.CLASSES;

    @Test
    void responseRecordsAreRegisteredForReflection() {
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
}
