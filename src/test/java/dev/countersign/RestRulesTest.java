package dev.countersign;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import dev.countersign.credential.AllowedOrigins;
import dev.countersign.credential.Caller;
import dev.countersign.credential.CallerProvider;
import dev.countersign.usage.seen.LastSeenInterceptor;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.paging.QueryParameters;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for REST methods: who may call them, who calls them, and who knows HTTP. */
class RestRulesTest {

    @Test
    void onlyResourcesAndTheWebPackagesUseHttp() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Mechanism")
                .and()
                .haveSimpleNameNotEndingWith("ResponseBuilder")
                .and(DescribedPredicate.not(belongToAnyOf(CallerProvider.class, LastSeenInterceptor.class)))
                .and()
                .resideOutsideOfPackages(
                        "dev.countersign.web..",
                        "dev.countersign.gate.server",
                        "dev.countersign.issuer.key", // sends requests, and answers none
                        "dev.countersign.development")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.vertx.ext.web..", "io.vertx.core.http..")
                .because("a failure is an ApiException until it leaves"));
    }

    @Test
    void onlyQueryParametersReadsTheQuery() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(QueryParameters.class.getName())
                .should()
                .callMethod(UriInfo.class, "getQueryParameters")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(QueryParam.class)
                .because("of equal names the last counts, everywhere"));
    }

    /** LastSeenInterceptor reads the query there, and would add nothing without. */
    @Test
    void methodsThatShowKeysTakeTheUri() {
        check(methods()
                .that()
                .areAnnotatedWith(ShowsDsns.class)
                .should(have(DescribedPredicate.describe("a UriInfo", method -> method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(UriInfo.class))))));
    }

    @Test
    void everyRestMethodNamesItsPermission() {
        check(methods()
                .that(are(DescribedPredicate.describe("REST methods", RestRulesTest::isRest)))
                .should(SaysWhoMayCall.INSTANCE)
                .because("none is open by omission"));
    }

    /** application.properties removes the interceptors that would check the permission of another method. */
    @Test
    void onlyRestMethodsNamePermissions() {
        check(methods()
                .that()
                .areAnnotatedWith(PermissionsAllowed.class)
                .should(be(DescribedPredicate.describe("a REST method", RestRulesTest::isRest))));
        check(classes()
                .that()
                .areAnnotatedWith(PermissionsAllowed.class)
                .should()
                .beAnnotatedWith(Path.class));
    }

    @Test
    void resourcesTakeTheirCallerAsAParameter() {
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.quarkus.security.identity..")
                .because("a REST method takes a Caller, and CallerProvider knows where that comes from"));
    }

    /** A public method has no caller: the credential is optional. */
    @Test
    void publicRestMethodsTakeNoCaller() {
        check(methods()
                .that(are(DescribedPredicate.describe("REST methods", RestRulesTest::isRest)))
                .and()
                .areAnnotatedWith(PermitAll.class)
                .should()
                .notHaveRawParameterTypes(DescribedPredicate.describe(
                        "a Caller", types -> types.stream().anyMatch(type -> type.isEquivalentTo(Caller.class))))
                .because("CallerProvider.find answers null where there is no credential"));
    }

    /** An operator may act on every organization. */
    @Test
    void onlyTheOperatorTokenCreatesAnOperator() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(inPackage("credential.token.OperatorToken"))
                .should()
                .callConstructor(Caller.Operator.class)
                .because("no other credential may stand for the operator"));
    }

    /** {@code project:write} implies {@code project:read}, so that no method names both. */
    @Test
    void noMethodNamesAnImpliedScope() {
        List<List<String>> scopesOfMethods = ArchitectureTest.CLASSES.stream()
                .flatMap(type -> Stream.concat(Stream.of(type), type.getMethods().stream()))
                .flatMap(place -> place.tryGetAnnotationOfType(PermissionsAllowed.class).stream())
                .map(permissions -> List.of(permissions.value()))
                .toList();

        assertThat(scopesOfMethods).isNotEmpty().allSatisfy(scopes -> assertThat(scopes)
                .allSatisfy(scope -> {
                    var caller = new Caller.ApiKey(1, 1, List.of(scope), new AllowedOrigins(List.of()), "");
                    assertThat(scopes).filteredOn(caller::has).containsExactly(scope);
                }));
    }

    private static boolean isRest(JavaMethod method) {
        return Stream.of(GET.class, POST.class, PUT.class, DELETE.class).anyMatch(method::isAnnotatedWith);
    }

    private static String inPackage(String room) {
        return "dev.countersign." + room;
    }

    private static void check(ArchRule rule) {
        rule.check(ArchitectureTest.CLASSES);
    }

    private static final class SaysWhoMayCall extends com.tngtech.archunit.lang.ArchCondition<JavaMethod> {
        static final SaysWhoMayCall INSTANCE = new SaysWhoMayCall();

        SaysWhoMayCall() {
            super("be annotated with @PermissionsAllowed, @Authenticated or @PermitAll, itself or its class");
        }

        @Override
        public void check(JavaMethod method, com.tngtech.archunit.lang.ConditionEvents events) {
            boolean said = Stream.of(PermissionsAllowed.class, Authenticated.class, PermitAll.class)
                    .anyMatch(
                            a -> method.isAnnotatedWith(a) || method.getOwner().isAnnotatedWith(a));
            if (!said) {
                events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(method, method.getFullName()));
            }
        }
    }
}
