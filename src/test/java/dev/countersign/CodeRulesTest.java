package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.TargetClass;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.countersign.credential.AllowedOrigins;
import dev.countersign.credential.Caller;
import dev.countersign.web.paging.Page;
import io.netty.channel.ChannelOutboundInvoker;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.security.PermissionsAllowed;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house about what is in a package; their order is ArchitectureTest's. */
class CodeRulesTest {

    private static final int MAX_PARAMETERS = 5;

    private static final JavaClasses CLASSES = ArchitectureTest.CLASSES;

    @Test
    void everyListMethodReturnsAPage() {
        methods()
                .that()
                .haveNameStartingWith("list")
                .and()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .and()
                .areNotPrivate()
                .should(answer(Page.class, Map.class))
                .because("a list grows; what is looked up by ids is a map, and as long as the ids")
                .check(CLASSES);
    }

    @Test
    void noEntityHasARelation() {
        noFields()
                .should()
                .beAnnotatedWith(ManyToOne.class)
                .orShould()
                .beAnnotatedWith(OneToOne.class)
                .orShould()
                .beAnnotatedWith(OneToMany.class)
                .orShould()
                .beAnnotatedWith(ManyToMany.class)
                .because("every query shows its joins")
                .check(CLASSES);
    }

    @Test
    void onlyPanacheOpensTransactions() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.transaction..", "io.quarkus.narayana..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("io\\.quarkus\\.hibernate\\.reactive\\.panache\\.common\\.With.*")
                .because("the lambda of Panache says where a session begins and ends")
                .check(CLASSES);
    }

    /** What opens a session by itself does not wait for its turn, and takes the sessions of others. */
    @Test
    void onlyThePostgresPackagesOpenSessions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.countersign.postgres..")
                .should()
                .callMethodWhere(describe(
                        "a session is opened",
                        call -> call.getTargetOwner().isEquivalentTo(Panache.class)
                                && call.getName().startsWith("with")))
                .because("Sessions has work wait for its turn and for locks")
                .check(CLASSES);
    }

    /** What is read, changed in memory and written back overwrites what others changed meanwhile. */
    @Test
    void onlyLockedProjectsAreFlushed() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ProjectRepository")
                .should()
                .callMethodWhere(describe(
                        "a session is flushed",
                        call -> call.getName().equals("flush")
                                && !call.getTargetOwner().isAssignableTo(java.io.Flushable.class)
                                && !call.getTargetOwner().isAssignableTo(ChannelOutboundInvoker.class)))
                .because("RowChange sets what was sent in one statement, and a project is locked first")
                .check(CLASSES);
    }

    @Test
    void resourcesReturnNoEntities() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .arePublic()
                .should(answer(describe("an entity", type -> type.isAnnotatedWith(Entity.class))))
                .because("what is stored is not what is shown")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Repository")
                .should()
                .dependOnClassesThat(
                        have(simpleNameEndingWith("Response")).and(resideOutsideOfPackage("dev.countersign.web.error")))
                .because("what is shown is not what is stored")
                .check(CLASSES);
    }

    /** {@code project:write} implies {@code project:read}: a method that asks for the one need not name the other. */
    @Test
    void noMethodNamesAnImpliedScope() {
        CLASSES.stream()
                .flatMap(type -> Stream.concat(Stream.of(type), type.getMethods().stream()))
                .flatMap(place -> place.tryGetAnnotationOfType(PermissionsAllowed.class).stream())
                .forEach(permissions -> {
                    List<String> scopes = List.of(permissions.value());
                    assertThat(scopes).allSatisfy(scope -> {
                        var caller = new Caller.ApiKey(1, 1, List.of(scope), new AllowedOrigins(List.of()), "");
                        assertThat(scopes).filteredOn(caller::has).containsExactly(scope);
                    });
                });
    }

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
                .and(are(describe("no mappers or filters of the framework", type -> type.getMethods().stream()
                        .noneMatch(method -> method.getAnnotations().stream()
                                .anyMatch(a -> packageName(a).startsWith("org.jboss.resteasy"))))))
                .should(beUsedByAnotherPackageOrShownByAPublicType())
                .check(CLASSES);
    }

    private static String packageName(JavaAnnotation<?> annotation) {
        return annotation.getRawType().getPackageName();
    }

    private static ArchCondition<JavaMethod> answer(Class<?>... types) {
        Set<String> names = Arrays.stream(types).map(Class::getName).collect(Collectors.toSet());
        return answer(describe("any of " + names, type -> names.contains(type.getName())));
    }

    private static ArchCondition<JavaMethod> answer(DescribedPredicate<JavaClass> wanted) {
        return new ArchCondition<>("answer " + wanted.getDescription()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean good =
                        method.getReturnType().getAllInvolvedRawTypes().stream().anyMatch(wanted);
                events.add(new SimpleConditionEvent(method, good, method.getFullName()));
            }
        };
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
