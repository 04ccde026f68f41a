package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.oracle.svm.core.annotate.TargetClass;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import org.junit.jupiter.api.Test;

/** Rules for the types of a package. {@link ArchitectureTest} has the rules for the order of packages. */
class CodeRulesTest {

    private static final int MAX_PARAMETERS = 5;

    private static final JavaClasses CLASSES = ArchitectureTest.CLASSES;

    @Test
    void noFieldReadsAConfigProperty() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
                .check(CLASSES);
    }

    @Test
    void constructorsTakeAtMostFiveParameters() {
        constructors()
                .that()
                .areDeclaredInClassesThat(
                        are(describe("neither records nor enums", type -> !type.isRecord() && !type.isEnum())))
                .and()
                .areDeclaredInClassesThat()
                .areNotAnnotatedWith(TargetClass.class) // those of another library, for a native build
                .should(haveFewParameters())
                .because("past that it is two things")
                .check(CLASSES);
    }

    /**
     * What a framework finds by itself may be public: beans, resources, configuration, entities. So may a listener, which is
     * there for rooms that come later.
     */
    @Test
    void unsharedTypesArePackagePrivate() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and(are(describe("plain", type -> type.getAnnotations().stream()
                        .map(CodeRulesTest::packageName)
                        .noneMatch(name -> name.startsWith("jakarta.") || name.startsWith("io.")))))
                .and()
                .haveSimpleNameNotEndingWith("Response")
                .and()
                .haveSimpleNameNotEndingWith("Listener")
                .and()
                .areNotAssignableTo(SmallRyeConfigBuilderCustomizer.class) // generated code of the framework makes them
                .and(are(describe("no mappers or filters of the framework", type -> type.getMethods().stream()
                        .noneMatch(method -> method.getAnnotations().stream()
                                .anyMatch(a -> packageName(a).startsWith("org.jboss.resteasy"))))))
                .should(beUsedByAnotherPackageOrShownByAPublicType())
                .check(CLASSES);
    }

    private static String packageName(JavaAnnotation<?> annotation) {
        return annotation.getRawType().getPackageName();
    }

    private static ArchCondition<JavaConstructor> haveFewParameters() {
        return new ArchCondition<>("have at most " + MAX_PARAMETERS + " parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                boolean few = constructor.getRawParameterTypes().size() <= MAX_PARAMETERS;
                events.add(new SimpleConditionEvent(constructor, few, constructor.getFullName()));
            }
        };
    }

    private static ArchCondition<JavaClass> beUsedByAnotherPackageOrShownByAPublicType() {
        return new ArchCondition<>("be used by another package, or shown by a public type") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getDirectDependenciesToSelf().stream()
                        .map(dependency -> dependency.getOriginClass())
                        .anyMatch(user -> !user.getPackageName().equals(type.getPackageName()) || shows(user, type));
                events.add(new SimpleConditionEvent(type, used, type.getName()));
            }
        };
    }

    private static boolean shows(JavaClass user, JavaClass type) {
        return user.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .anyMatch(method ->
                        method.getReturnType().getAllInvolvedRawTypes().contains(type)
                                || method.getRawParameterTypes().contains(type));
    }
}
