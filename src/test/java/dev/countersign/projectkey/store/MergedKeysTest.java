package dev.countersign.projectkey.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Client keys that are made or read in one turn of an event loop share statements. */
@QuarkusTest
class MergedKeysTest extends WithTenant {

    private static final int KEYS = 40;

    private static final List<String> NAMES =
            IntStream.range(0, KEYS).mapToObj(i -> "key " + i).toList();

    /** 40 statements of one turn are 16, 16 and 8. */
    private static final long STATEMENTS = 3;

    private static final Caller OPERATOR = new Caller.Operator();
    private static final Caller COMMAND = Caller.Command.of("test", "keys");

    private final ProjectKeyRepository keys;
    private final Statements statements;

    MergedKeysTest(ProjectKeyRepository keys, Statements statements) {
        this.keys = keys;
        this.statements = statements;
    }

    @Test
    void keysOfOneTurnAreStoredByFewStatements() throws Throwable {
        ProjectReference project = project(tenant);
        long before = transactions(tenant);

        List<Object> stored = inOneTurn(
                NAMES.stream().map(name -> create(project, name, unused())).toList());

        assertThat(stored).hasOnlyElementsOfType(ProjectKey.class);
        assertThat(stored).extracting(key -> ((ProjectKey) key).label).isEqualTo(NAMES);
        assertThat(transactions(tenant) - before).isEqualTo(STATEMENTS);
        for (Object key : stored) {
            assertThat(found((ProjectKey) key))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*_hibernate_.*")
                    .isEqualTo(key);
        }
    }

    @Test
    void takenKeysFailAlone() throws Throwable {
        ProjectReference project = project(tenant);
        String taken = tenant.newKey("{}");
        List<Uni<ProjectKey>> creates = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            creates.add(create(project, NAMES.get(i), i % 10 == 0 ? taken : unused()));
        }

        List<Object> results = inOneTurn(creates);

        for (int i = 0; i < KEYS; i++) {
            assertThat(results.get(i)).isInstanceOf(i % 10 == 0 ? ApiException.Conflict.class : ProjectKey.class);
        }
    }

    @Test
    void keyOfTwoRequestsOfOneTurnIsStoredOnce() throws Throwable {
        ProjectReference project = project(tenant);
        String chosen = unused();

        List<Object> results = inOneTurn(
                NAMES.stream().map(name -> create(project, name, chosen)).toList());

        assertThat(results).filteredOn(ProjectKey.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ApiException.Conflict.class::isInstance).hasSize(KEYS - 1);
    }

    @Test
    void projectsDoNotShareStatements() throws Throwable {
        Tenant other = Tenant.create();
        ProjectReference project = project(tenant);
        ProjectReference otherProject = project(other);
        long before = transactions(tenant) + transactions(other);
        List<Uni<ProjectKey>> creates = new ArrayList<>();
        for (String name : NAMES) {
            creates.add(create(project, name, unused()));
            creates.add(create(otherProject, name, unused()));
        }

        List<Object> results = inOneTurn(creates);

        for (int i = 0; i < results.size(); i++) {
            assertThat(((ProjectKey) results.get(i)).projectId)
                    .isEqualTo(i % 2 == 0 ? tenant.projectId() : other.projectId());
        }
        assertThat(transactions(tenant) + transactions(other) - before).isEqualTo(2 * STATEMENTS);
    }

    @Test
    void removedProjectFailsItsOwnRequestsOnly() throws Throwable {
        ProjectReference project = project(tenant);
        ProjectReference gone =
                new ProjectReference(Long.MAX_VALUE, project.organizationId(), "gone", "gone", null, null);

        List<Object> results = inOneTurn(List.of(
                create(project, "first", unused()),
                create(gone, "gone", unused()),
                create(gone, "gone too", unused()),
                create(project, "second", unused())));

        assertThat(results.get(0)).isInstanceOf(ProjectKey.class);
        assertThat(results.get(1)).isInstanceOf(Throwable.class);
        assertThat(results.get(2)).isInstanceOf(Throwable.class);
        assertThat(results.get(3)).isInstanceOf(ProjectKey.class);
    }

    @Test
    void keysReadInOneTurnBelongToTheirProjectAndCaller() throws Throwable {
        String own = tenant.newKey("{}");
        String hidden = tenant.newKey("""
                {"useCase":"profiling"}""");
        String foreign = Tenant.create().newKey("{}");
        List<Uni<ProjectKey>> reads = new ArrayList<>();
        for (String key : List.of(own, hidden, foreign, own, "0".repeat(32), "x".repeat(40), "\0", "")) {
            reads.add(keys.require(OPERATOR, tenant.projectId(), key));
        }

        List<Object> results = inOneTurn(reads);

        assertThat(results)
                .extracting(MergedKeysTest::publicKey)
                .containsExactly(own, hidden, null, own, null, null, null, null);
        assertThat(results.subList(4, 8)).hasOnlyElementsOfType(ApiException.NotFound.class);
        assertThat(inOneTurn(List.of(
                        keys.require(COMMAND, tenant.projectId(), own),
                        keys.require(COMMAND, tenant.projectId(), hidden))))
                .extracting(MergedKeysTest::publicKey)
                .containsExactly(own, null);
    }

    private Uni<ProjectKey> create(ProjectReference project, String name, String publicKey) {
        KeyIdentity identity = KeyIdentity.named(name, Member.of(publicKey), Member.absent());
        return keys.add(OPERATOR, () -> ProjectKey.create(OPERATOR, project, identity), Once.WITHOUT_KEY);
    }

    private ProjectKey found(ProjectKey key) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> keys.require(OPERATOR, key.projectId, key.publicKey));
    }

    /** The results, or the failures, of work that begins in one turn of an event loop. */
    private static List<Object> inOneTurn(List<Uni<ProjectKey>> work) throws Throwable {
        List<Uni<Object>> results = work.stream()
                .map(one -> one.<Object>map(key -> key).onFailure().recoverWithItem(failure -> failure))
                .toList();
        return VertxContextSupport.subscribeAndAwait(
                () -> Uni.join().all(results).andFailFast());
    }

    /** How many transactions stored the keys of a project. */
    private long transactions(Tenant of) throws Throwable {
        return number("select count(distinct cast(xmin as text)) from project_key where project_id = $1", of);
    }

    private ProjectReference project(Tenant of) throws Throwable {
        long organization = number("select organization_id from project where id = $1", of);
        return new ProjectReference(of.projectId(), organization, of.project(), of.organization(), null, null);
    }

    private long number(String sql, Tenant of) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> statements.first(sql, Tuple.of(of.projectId()), row -> row.getLong(0)));
    }

    private static String unused() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String publicKey(Object result) {
        return result instanceof ProjectKey key ? key.publicKey : null;
    }
}
