package dev.countersign.project.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.Reach;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks up the projects of several keys in one turn of an event loop. */
@QuarkusTest
class ProjectOfKeyTest extends WithTenant {

    /** More than one statement serves. */
    private static final int LOOKUPS = 40;

    private final ProjectOfKeyRepository projects;

    ProjectOfKeyTest(ProjectOfKeyRepository projects) {
        this.projects = projects;
    }

    @Test
    void eachKeyHasItsProject() throws Throwable {
        Tenant other = Tenant.create();
        String key = tenant.newKey("{}");
        String otherKey = other.newKey("{}");
        List<Uni<Optional<ProjectOfKeyRepository.Found>>> lookups = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < LOOKUPS; i++) {
            lookups.add(find(i % 2 == 0 ? key : otherKey, Reach.EVERY_ORGANIZATION));
            expected.add(i % 2 == 0 ? tenant.projectId() : other.projectId());
        }

        assertThat(inOneTurn(lookups)).extracting(ProjectOfKeyTest::id).isEqualTo(expected);
    }

    @Test
    void aKeyBeyondTheReachHasNoProject() throws Throwable {
        Tenant other = Tenant.create();
        String key = tenant.newKey("{}");
        String foreign = other.newKey("{}");
        Reach own = reach(tenant);

        assertThat(inOneTurn(List.of(
                        find(key, own),
                        find(foreign, own),
                        find(key, reach(other)),
                        find(foreign, Reach.EVERY_ORGANIZATION),
                        find(key, own))))
                .extracting(ProjectOfKeyTest::id)
                .containsExactly(tenant.projectId(), null, null, other.projectId(), tenant.projectId());
    }

    @Test
    void unknownAndOddKeysHaveNoProjectAndHarmNoOther() throws Throwable {
        String key = tenant.newKey("{}");

        assertThat(inOneTurn(Stream.of("", "0".repeat(32), "\ud83d\ude00", "x".repeat(5000), key, key + " ", "'")
                        .map(text -> find(text, Reach.EVERY_ORGANIZATION))
                        .toList()))
                .extracting(ProjectOfKeyTest::id)
                .containsExactly(null, null, null, null, tenant.projectId(), null, null);
    }

    @Test
    void eachProjectHasItsTeams() throws Throwable {
        Tenant other = Tenant.create();
        for (String team : new String[] {"night", "day"}) {
            Api.operator().post(tenant.path("organizations/{o}/teams/"), """
                    {"slug":"%s"}""".formatted(team));
            Api.operator().post(tenant.path("projects/{o}/{p}/teams/" + team + "/"), "");
        }
        Api.operator().delete(other.path("projects/{o}/{p}/teams/core/"));
        String key = tenant.newKey("{}");
        String withoutTeam = other.newKey("{}");

        List<Optional<ProjectOfKeyRepository.Found>> found = inOneTurn(List.of(
                find(withoutTeam, Reach.EVERY_ORGANIZATION),
                find(key, Reach.EVERY_ORGANIZATION),
                find(withoutTeam, Reach.EVERY_ORGANIZATION)));

        assertThat(found)
                .extracting(one -> one.orElseThrow().teams().stream()
                        .map(ProjectTeamRepository.Link::slug)
                        .toList())
                .containsExactly(List.of(), List.of("core", "day", "night"), List.of());
        assertThat(found)
                .extracting(one -> one.orElseThrow().organizationSlug())
                .containsExactly(other.organization(), tenant.organization(), other.organization());
    }

    private Reach reach(Tenant of) throws Throwable {
        Optional<ProjectOfKeyRepository.Found> found = inOneTurn(
                        Collections.singletonList(find(of.newKey("{}"), Reach.EVERY_ORGANIZATION)))
                .get(0);
        return Reach.of(found.orElseThrow().project().organizationId);
    }

    private Uni<Optional<ProjectOfKeyRepository.Found>> find(String key, Reach reach) {
        return projects.find(key, reach).map(Optional::ofNullable);
    }

    private static <T> List<T> inOneTurn(List<Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> Uni.join().all(work).andFailFast());
    }

    private static Long id(Optional<ProjectOfKeyRepository.Found> found) {
        return found.map(one -> one.project().requireId()).orElse(null);
    }
}
