package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.countersign.web.paging.Page;
import io.netty.channel.ChannelOutboundInvoker;
import io.quarkus.hibernate.reactive.panache.Panache;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules for entities, repositories, sessions and transactions. */
class PersistenceRulesTest {

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

    /** A class that opens a session itself does not wait for its turn. */
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

    /** A row that is read, changed in memory and written back would overwrite changes of others. */
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

    @Test
    void noEntityOverridesToString() {
        noMethods()
                .that()
                .haveName("toString")
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(Entity.class)
                .because("an entity may hold a secret")
                .check(CLASSES);
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
}
